package io.laminar.flink.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.jspecify.annotations.Nullable;

/** Asks a remote cluster for what a job shows of this moment, in one request per stage. */
public final class RemoteGauges {
    private static final String WATERMARK =
            RemoteMetrics.shown(NodeCounters.PREFIX + Role.SINK + '.' + NodeCounters.WATERMARK);
    private static final String STATE =
            RemoteMetrics.shown(NodeCounters.PREFIX + Role.OPERATOR + '.' + NodeCounters.STATE_BYTES);

    private final RemoteMetrics metrics;
    /** The metrics to ask for by the stage that has them; empty until the tasks have started. */
    private volatile Map<JobVertexID, List<String>> names = Map.of();

    /**
     * What is known now.
     *
     * @param watermark the least of all sinks, in microseconds; null before any is known
     * @param stateBytes heap that the state of all operators takes, nearly
     */
    public record Values(@Nullable Long watermark, long stateBytes) {
        private static final Values NONE = new Values(null, 0);

        private static Values of(Collection<AggregatedMetric> metrics) {
            Values all = NONE;
            for (AggregatedMetric metric : metrics) {
                boolean time = metric.getId().endsWith(WATERMARK);
                Double least = metric.getMin();
                Double sum = metric.getSum();
                all = all.and(new Values(
                        time && least != null ? Long.valueOf(least.longValue()) : null,
                        time || sum == null ? 0 : sum.longValue()));
            }
            return all;
        }

        private Values and(Values other) {
            Long least = watermark;
            if (least == null || other.watermark != null && other.watermark < least) {
                least = other.watermark;
            }
            return new Values(least, stateBytes + other.stateBytes);
        }
    }

    public RemoteGauges(RemoteMetrics metrics) {
        this.metrics = metrics;
    }

    public CompletableFuture<Values> ask() {
        if (!names.isEmpty()) {
            return values();
        }
        return metrics.names(name -> name.endsWith(WATERMARK) || name.endsWith(STATE))
                .thenCompose(found -> {
                    names = found;
                    return values();
                });
    }

    private CompletableFuture<Values> values() {
        CompletableFuture<Values> all = CompletableFuture.completedFuture(Values.NONE);
        for (Map.Entry<JobVertexID, List<String>> stage : names.entrySet()) {
            all = all.thenCombine(
                    metrics.values(stage.getKey(), stage.getValue()).thenApply(Values::of), Values::and);
        }
        return all;
    }
}
