package io.laminar.flink.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;

/** Asks a remote cluster for the least watermark of all sinks of a job. */
public final class RemoteWatermark {
    private static final String NAME = NodeCounters.PREFIX + Role.SINK + '.' + NodeCounters.WATERMARK;

    private final RemoteMetrics metrics;
    /** The metrics to ask for by the stage that has them; empty until the tasks have started. */
    private volatile Map<JobVertexID, List<String>> names = Map.of();

    public RemoteWatermark(RemoteMetrics metrics) {
        this.metrics = metrics;
    }

    /** In microseconds; {@link Long#MIN_VALUE} before the first. */
    public CompletableFuture<Long> ask() {
        if (!names.isEmpty()) {
            return least();
        }
        return metrics.names(name -> name.endsWith(NAME)).thenCompose(found -> {
            names = found;
            return found.isEmpty() ? CompletableFuture.completedFuture(Long.MIN_VALUE) : least();
        });
    }

    private CompletableFuture<Long> least() {
        CompletableFuture<Long> least = CompletableFuture.completedFuture(Long.MAX_VALUE);
        for (Map.Entry<JobVertexID, List<String>> stage : names.entrySet()) {
            least = least.thenCombine(
                    metrics.values(stage.getKey(), stage.getValue()).thenApply(RemoteWatermark::least), Math::min);
        }
        return least;
    }

    private static long least(Collection<AggregatedMetric> values) {
        return values.stream()
                .filter(metric -> metric.getMin() != null)
                .mapToLong(metric -> metric.getMin().longValue())
                .min()
                .orElse(Long.MIN_VALUE);
    }
}
