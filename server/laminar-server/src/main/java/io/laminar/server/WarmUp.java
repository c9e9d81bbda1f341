package io.laminar.server;

import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job that does nothing, but loads what planning and running pipelines takes. */
record WarmUp(QueryPlanner planner, JobRuntime runtime) implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);
    private static final String NOTHING = "CREATE TABLE nowhere (k BIGINT, n BIGINT) WITH (connector = 'blackhole');"
            + "INSERT INTO nowhere SELECT k, count(*) FROM (VALUES (1), (2)) AS v (k) WHERE k > 2 GROUP BY k;";

    @Override
    public void run() {
        try {
            RunningJob job = runtime.submit(JobRequest.of(
                    "warm up", planner.compile(NOTHING, Map.of()).plan(), BuiltinOperators.INSTANCE, null));
            job.await();
            runtime.forget(job.id());
        } catch (LaminarException e) {
            LOG.debug("nothing was warmed up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
