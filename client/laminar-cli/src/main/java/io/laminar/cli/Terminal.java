package io.laminar.cli;

import java.io.InputStream;
import java.io.PrintStream;

/**
 * Where the command reads and writes.
 *
 * @param outIsTerminal whether standard output is looked at by a person, not piped
 * @param width columns of the terminal
 */
public record Terminal(
        InputStream in, PrintStream out, PrintStream err, boolean outIsTerminal, boolean errIsTerminal, int width) {
    private static final int DEFAULT_WIDTH = 120;
    private static final int MIN_WIDTH = 40;

    /** That of this process. The launcher script says what is a terminal: Java cannot tell one stream from another. */
    static Terminal ofProcess() {
        Integer columns = Integer.getInteger("laminar.columns");
        return new Terminal(
                System.in,
                System.out,
                System.err,
                Boolean.getBoolean("laminar.out.terminal"),
                Boolean.getBoolean("laminar.err.terminal"),
                columns == null ? DEFAULT_WIDTH : Math.max(MIN_WIDTH, columns));
    }
}
