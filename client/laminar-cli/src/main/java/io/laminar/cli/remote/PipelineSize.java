package io.laminar.cli.remote;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a pipeline is to run. */
final class PipelineSize {
    @Option(
            names = {"-p", "--parallelism"},
            paramLabel = "N",
            description = "Subtasks of every operator.")
    private @Nullable Integer parallelism;

    @Option(names = "--checkpoint-interval", paramLabel = "SECONDS", description = "Seconds between checkpoints.")
    private @Nullable Double interval;

    @Nullable
    Integer parallelism() {
        return parallelism;
    }

    @Nullable
    Long checkpointIntervalMicros() {
        return interval == null ? null : Math.round(interval * 1e6);
    }
}
