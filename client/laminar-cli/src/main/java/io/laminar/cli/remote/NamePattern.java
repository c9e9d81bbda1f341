package io.laminar.cli.remote;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which resources are listed. */
final class NamePattern {
    @Option(
            names = "--name",
            paramLabel = "PATTERN",
            description = "Only those with such a name; * stands for anything.")
    private @Nullable String name;

    /** Null for all. */
    @Nullable
    String text() {
        return name;
    }
}
