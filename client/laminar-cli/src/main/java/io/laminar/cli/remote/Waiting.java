package io.laminar.cli.remote;

import io.laminar.client.LaminarClient;
import io.laminar.client.Refusals;
import io.laminar.client.model.JobResource;
import io.laminar.client.model.PipelineResource;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits until a pipeline has become what was asked for. */
final class Waiting {
    private static final long PAUSE_MILLIS = 200;
    private static final Set<String> BEFORE = Set.of("Created", "Scheduling");
    private static final Set<String> OVER = Set.of("Stopped", "Finished", "Failed");

    private Waiting() {}

    /**
     * Until it runs, or has ended.
     *
     * @throws io.laminar.spi.error.LaminarException what made it fail
     */
    static PipelineResource running(LaminarClient client, PipelineResource pipeline) throws InterruptedException {
        return succeeded(until(client, pipeline, now -> isOver(now) || isRunning(now)));
    }

    /**
     * Until another job of it runs, or has ended.
     *
     * @param before the job that was the latest
     * @throws io.laminar.spi.error.LaminarException what made it fail
     */
    static PipelineResource restarted(LaminarClient client, PipelineResource pipeline, @Nullable String before)
            throws InterruptedException {
        return succeeded(until(
                client,
                pipeline,
                now -> now.getState().equals("Failed")
                        || !Objects.equals(now.getJobId(), before) && (isOver(now) || isRunning(now))));
    }

    /** Until a job has come to its cluster, or nowhere: before that it has no rows to ask for. */
    static JobResource begun(LaminarClient client, JobResource job) throws InterruptedException {
        JobResource now = job;
        while (BEFORE.contains(now.getState())) {
            Thread.sleep(PAUSE_MILLIS);
            now = client.jobs(api -> api.getJobsId(job.getId()));
        }
        return now;
    }

    /** Until it has ended, however that was. */
    static PipelineResource stopped(LaminarClient client, PipelineResource pipeline) throws InterruptedException {
        return until(client, pipeline, Waiting::isOver);
    }

    private static boolean isOver(PipelineResource pipeline) {
        return OVER.contains(pipeline.getState());
    }

    private static boolean isRunning(PipelineResource pipeline) {
        return pipeline.getState().equals("Running");
    }

    private static PipelineResource succeeded(PipelineResource pipeline) {
        if (pipeline.getState().equals("Failed") && pipeline.getFailure() != null) {
            throw Refusals.of(pipeline.getFailure());
        }
        return pipeline;
    }

    private static PipelineResource until(
            LaminarClient client, PipelineResource pipeline, Predicate<PipelineResource> become)
            throws InterruptedException {
        PipelineResource now = client.pipelines(api -> api.getPipelinesId(pipeline.getId()));
        while (!become.test(now)) {
            Thread.sleep(PAUSE_MILLIS);
            now = client.pipelines(api -> api.getPipelinesId(pipeline.getId()));
        }
        return now;
    }
}
