package io.laminar.cli;

/** What the command answers to the shell. */
final class ExitCode {
    static final int DONE = 0;
    static final int FAILED = 1;
    /** Wrong arguments, or SQL with errors. */
    static final int WRONG_INPUT = 2;

    private ExitCode() {}
}
