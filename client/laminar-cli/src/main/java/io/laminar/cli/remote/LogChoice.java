package io.laminar.cli.remote;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which lines of a log are shown. */
final class LogChoice {
    private static final int LINES = 100;

    @Option(names = "--lines", paramLabel = "N", description = "How many at most, 1 to 1000. Default: 100.")
    private int lines = LINES;

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            description = "All of what was logged from this level up, whoever said it: debug, info, warn, error.")
    private @Nullable String level;

    @Option(
            names = "--all",
            description = "Everything: also what Flink says of its checkpoints. Without --all and --level: the life"
                    + " of the job, warnings and errors.")
    private boolean all;

    int lines() {
        return lines;
    }

    /** What matters less is left out of what was logged. */
    String level() {
        return level != null ? level : all ? "debug" : "warn";
    }

    /** Whether traces of where in the program errors come from are shown. */
    boolean whole() {
        return all || level != null;
    }

    /** Whether what happened to the job stands among the lines. */
    boolean life() {
        return all || level == null;
    }
}
