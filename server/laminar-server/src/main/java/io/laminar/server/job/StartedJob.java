package io.laminar.server.job;

import io.laminar.connector.console.RowFeed;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.scale.ScalingLimits;
import io.laminar.plan.ShownRows;
import org.jspecify.annotations.Nullable;

/**
 * A job on its cluster.
 *
 * @param output the rows it shows; null if it shows none
 * @param scaling within what its subtasks follow its load; null if they do not
 */
record StartedJob(
        RunningJob job, @Nullable RowFeed output, @Nullable ScalingLimits scaling) {
    /** Rows of a plain query that can still be read. */
    private static final int KEPT_ROWS = 10_000;

    /**
     * Hands a job to a cluster; the rows it shows are kept from the first on.
     *
     * @param id of the pipeline, which tells its rows from those of others; part of the name under which the state of
     *     what shows them is saved, so it is the same for all jobs of a pipeline
     */
    static StartedJob submit(JobRuntime runtime, String id, JobRequest request) {
        if (!shows(request)) {
            return new StartedJob(runtime.submit(request), null, limits(request));
        }
        RowFeed output = RowFeed.open(id, KEPT_ROWS);
        try {
            RunningJob job = runtime.submit(request.withPlan(ShownRows.on(id, request.plan())));
            return new StartedJob(job, output, limits(request));
        } catch (RuntimeException e) {
            output.close();
            throw e;
        }
    }

    /** Whether rows of a job are shown to whoever started it. */
    static boolean shows(JobRequest request) {
        return request.plan().sinks().stream().anyMatch(sink -> ShownRows.isShown(sink.table()));
    }

    /**
     * A job that was started before.
     *
     * @param request what it runs; null if that cannot be told any more
     */
    static StartedJob found(RunningJob job, @Nullable JobRequest request) {
        return new StartedJob(job, null, request == null ? null : limits(request));
    }

    private static @Nullable ScalingLimits limits(JobRequest request) {
        return ScalingLimits.of(request.plan().settings()).orElse(null);
    }
}
