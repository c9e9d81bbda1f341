package io.laminar.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/**
 * Where the command reads and writes.
 *
 * @param inIsTerminal whether a person types the standard input
 * @param outIsTerminal whether standard output is looked at by a person, not piped
 * @param width columns of the terminal
 * @param variables of the environment
 */
public record Terminal(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        int width,
        Map<String, String> variables) {
    private static final int DEFAULT_WIDTH = 120;
    private static final int MIN_WIDTH = 40;

    /** A variable that is set to something. */
    public Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).filter(value -> !value.isBlank());
    }

    /** That of this process. The launcher script says what is a terminal: Java cannot tell one stream from another. */
    static Terminal ofProcess() {
        Integer columns = Integer.getInteger("laminar.columns");
        return new Terminal(
                System.in,
                System.out,
                System.err,
                Boolean.getBoolean("laminar.in.terminal"),
                Boolean.getBoolean("laminar.out.terminal"),
                Boolean.getBoolean("laminar.err.terminal"),
                columns == null ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, columns),
                System.getenv());
    }
}
