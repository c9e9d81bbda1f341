package io.laminar.cli;

/** Starts the command. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        int code = LaminarCommand.run(Terminal.ofProcess(), arguments);
        System.out.flush();
        System.exit(code);
    }
}
