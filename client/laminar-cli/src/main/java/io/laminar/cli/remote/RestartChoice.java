package io.laminar.cli.remote;

import io.laminar.client.LaminarClient;
import io.laminar.client.model.PipelineResource;
import io.laminar.client.model.RestartPipeline;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How something is stopped and started again. */
final class RestartChoice {
    @Mixin
    private final StateChoice state = new StateChoice();

    @Option(names = "--force", description = "Stop it at once, without a savepoint.")
    private boolean force;

    @Option(names = "--wait", description = "Wait until the new job runs.")
    private boolean waits;

    RestartPipeline wish() {
        return new RestartPipeline().from(state.from()).force(force ? true : null);
    }

    /** @param before the job that was the latest */
    PipelineResource outcome(LaminarClient client, PipelineResource restarting, @Nullable String before)
            throws InterruptedException {
        return waits ? Waiting.restarted(client, restarting, before) : restarting;
    }
}
