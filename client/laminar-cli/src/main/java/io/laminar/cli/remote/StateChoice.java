package io.laminar.cli.remote;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** From which state something starts. */
final class StateChoice {
    @Option(
            names = "--from",
            paramLabel = "STATE",
            description = "latest (default), nothing, or the path of a savepoint.")
    private @Nullable String from;

    @Nullable
    String from() {
        return from;
    }
}
