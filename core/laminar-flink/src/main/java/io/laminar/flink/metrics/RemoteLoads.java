package io.laminar.flink.metrics;

import io.laminar.flink.scale.StageLoad;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;

/** Asks a remote cluster how busy the stages of a job are. */
public final class RemoteLoads {
    private static final double NANOS = 1e9;

    /** Rows a stage had read at a time. */
    private record Reading(double rows, long nanos) {}

    private final RemoteMetrics metrics;
    private final Map<String, Reading> last = new TreeMap<>();

    public RemoteLoads(RemoteMetrics metrics) {
        this.metrics = metrics;
    }

    /** The loads since the last call, by id of the stage; rates are 0 at the first one. */
    public CompletableFuture<Map<String, StageLoad>> ask(long nanos) {
        return metrics.names(RemoteLoads::isWanted).thenCompose(names -> {
            CompletableFuture<Map<String, StageLoad>> all = CompletableFuture.completedFuture(new TreeMap<>());
            for (Map.Entry<JobVertexID, List<String>> stage : names.entrySet()) {
                String id = stage.getKey().toHexString();
                all = all.thenCombine(metrics.values(stage.getKey(), stage.getValue()), (loads, values) -> {
                    loads.put(id, load(id, values, nanos));
                    return loads;
                });
            }
            return all;
        });
    }

    private static boolean isWanted(String name) {
        return name.equals(JobLoads.BUSY)
                || name.equals(JobLoads.BACKPRESSURED)
                || name.endsWith('.' + JobLoads.BACKLOG)
                || name.endsWith('.' + RemoteMetrics.shown(JobLoads.READ));
    }

    private StageLoad load(String stage, Collection<AggregatedMetric> values, long nanos) {
        double busy = 0;
        double backpressured = 0;
        double backlog = -1;
        double rows = 0;
        for (AggregatedMetric metric : values) {
            if (metric.getId().equals(JobLoads.BUSY)) {
                busy = known(metric.getAvg()) / JobLoads.MILLIS;
            } else if (metric.getId().equals(JobLoads.BACKPRESSURED)) {
                backpressured = known(metric.getAvg()) / JobLoads.MILLIS;
            } else if (metric.getId().endsWith('.' + JobLoads.BACKLOG)) {
                backlog = Math.max(0, backlog) + known(metric.getSum());
            } else {
                rows += known(metric.getSum());
            }
        }
        return new StageLoad(busy, backpressured, rate(stage, rows, nanos), (long) backlog);
    }

    private synchronized double rate(String stage, double rows, long nanos) {
        Reading before = last.put(stage, new Reading(rows, nanos));
        return before == null || nanos <= before.nanos() || rows < before.rows()
                ? 0
                : (rows - before.rows()) * NANOS / (nanos - before.nanos());
    }

    private static double known(@org.jspecify.annotations.Nullable Double value) {
        return value == null || value.isNaN() ? 0 : value;
    }
}
