package io.laminar.cli.remote;

import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.PipelineResource;
import java.util.Set;

/** Waits until a pipeline has become what was asked for. */
final class Waiting {
    private static final long PAUSE_MILLIS = 200;
    private static final Set<String> OVER = Set.of("Stopped", "Finished", "Failed");

    private Waiting() {}

    /**
     * @param running whether it is to run; otherwise it is to have ended
     * @throws io.laminar.spi.error.LaminarException what made it fail
     */
    static PipelineResource until(boolean running, LaminarClient client, PipelineResource pipeline)
            throws InterruptedException {
        PipelineResource now = client.pipelines(api -> api.getPipelinesId(pipeline.getId()));
        while (!OVER.contains(now.getState()) && !(running && now.getState().equals("Running"))) {
            Thread.sleep(PAUSE_MILLIS);
            now = client.pipelines(api -> api.getPipelinesId(pipeline.getId()));
        }
        if (running && now.getState().equals("Failed") && now.getFailure() != null) {
            throw Refusals.of(now.getFailure());
        }
        return now;
    }
}
