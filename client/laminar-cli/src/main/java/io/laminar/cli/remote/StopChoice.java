package io.laminar.cli.remote;

import io.laminar.client.LaminarClient;
import io.laminar.client.model.PipelineResource;
import io.laminar.client.model.StopPipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How something is stopped. */
final class StopChoice {
    @Option(
            names = "--mode",
            paramLabel = "MODE",
            description = "checkpoint (default): after a savepoint; graceful: when all that was read is done;"
                    + " immediate: without a savepoint; force: at once, whatever happens.")
    private @Nullable String mode;

    @Option(names = "--wait", description = "Wait until it has stopped.")
    private boolean waits;

    StopPipeline wish() {
        return new StopPipeline().mode(mode);
    }

    /** What became of a pipeline that stops, now or when it has. */
    PipelineResource outcome(LaminarClient client, PipelineResource stopping) throws InterruptedException {
        return waits ? Waiting.stopped(client, stopping) : stopping;
    }
}
