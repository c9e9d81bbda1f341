package io.laminar.cli;

/** Starts the command. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        LastWords words = LastWords.prepare();
        int code = LaminarCommand.run(Terminal.ofProcess(), arguments);
        System.out.flush();
        words.needless();
        System.exit(code);
    }
}
