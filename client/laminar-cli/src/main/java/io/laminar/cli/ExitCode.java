package io.laminar.cli;

/** What the command answers to the shell. */
public final class ExitCode {
    public static final int DONE = 0;
    public static final int FAILED = 1;
    /** Wrong arguments, or SQL with errors. */
    public static final int WRONG_INPUT = 2;

    private ExitCode() {}
}
