package io.laminar.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the command did with some arguments.
 *
 * @param out standard output
 * @param err standard error
 */
public record Laminar(int code, String out, String err) {

    /** Runs the command in this process, not on a terminal. */
    public static Laminar with(String input, String... arguments) {
        return with(false, Map.of(), input, arguments);
    }

    static Laminar onTerminal(String input, String... arguments) {
        return with(true, Map.of(), input, arguments);
    }

    /** With variables of the environment. */
    public static Laminar with(Map<String, String> variables, String input, String... arguments) {
        return with(false, variables, input, arguments);
    }

    private static Laminar with(boolean terminal, Map<String, String> variables, String input, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal streams = new Terminal(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                terminal,
                terminal,
                80,
                variables);
        int code = LaminarCommand.run(streams, arguments);
        return new Laminar(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
