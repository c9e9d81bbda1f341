package io.laminar.server.job;

import io.laminar.flink.metrics.Figures;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.metrics.Latency;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.server.api.FiguresResource;
import io.laminar.server.api.JobMetricsResource;
import io.laminar.server.api.MetricGroupsResource;
import io.laminar.server.api.OperatorMetricsResource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Figures as the API shows them. */
public final class FigureResources {
    private static final Map<String, ToDoubleFunction<Figures>> SERIES = new LinkedHashMap<>();

    static {
        SERIES.put("rows_in_per_second", figures -> figures.rates().rowsIn());
        SERIES.put("rows_out_per_second", figures -> figures.rates().rowsOut());
        SERIES.put("bytes_in_per_second", figures -> figures.rates().bytesIn());
        SERIES.put("bytes_out_per_second", figures -> figures.rates().bytesOut());
        SERIES.put("busy", figures -> figures.load().busy());
        SERIES.put("backpressured", figures -> figures.load().backpressured());
        SERIES.put("watermark_lag_micros", figures -> Math.max(0, figures.watermarkLag()));
        SERIES.put("source_lag", figures -> Math.max(0, figures.backlog()));
        SERIES.put("state_bytes", figures -> figures.stateBytes());
        SERIES.put("late_rows", figures -> figures.counts().lateRows());
        SERIES.put("bad_rows", figures -> figures.counts().badRows());
        SERIES.put(
                "latency_p99_micros", figures -> Math.max(0, figures.latency().p99()));
    }

    private FigureResources() {}

    public static JobMetricsResource of(JobFigures figures) {
        Duration checkpoint = figures.lastCheckpoint();
        return new JobMetricsResource(
                figures.time(),
                of(figures.total()),
                figures.checkpoints(),
                checkpoint == null ? null : micros(checkpoint),
                figures.lastCheckpointBytes(),
                figures.operators().stream().map(one -> operator(one, false)).toList());
    }

    /** @param subtasks whether those are shown one by one */
    public static OperatorMetricsResource operator(OperatorFigures figures, boolean subtasks) {
        return new OperatorMetricsResource(
                figures.operator().id(),
                figures.operator().name(),
                figures.operator().details(),
                figures.parallelism(),
                figures.maxParallelism(),
                of(figures.total()),
                subtasks ? figures.subtasks().stream().map(FigureResources::of).toList() : null);
    }

    private static FiguresResource of(Figures figures) {
        Latency latency = figures.latency();
        return new FiguresResource(
                figures.counts().rowsIn(),
                figures.counts().rowsOut(),
                figures.counts().bytesIn(),
                figures.counts().bytesOut(),
                figures.rates().rowsIn(),
                figures.rates().rowsOut(),
                figures.rates().bytesIn(),
                figures.rates().bytesOut(),
                figures.load().busy(),
                figures.load().backpressured(),
                figures.load().idle(),
                time(figures.watermark()),
                known(figures.watermarkLag()),
                known(figures.backlog()),
                figures.stateBytes(),
                figures.spilledBytes(),
                figures.counts().lateRows(),
                figures.counts().badRows(),
                known(latency.p50()),
                known(latency.p95()),
                known(latency.p99()));
    }

    private static @Nullable Instant time(long watermark) {
        return watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE
                ? null
                : Instant.EPOCH.plus(watermark, ChronoUnit.MICROS);
    }

    private static @Nullable Long known(long value) {
        return value < 0 ? null : value;
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }

    /**
     * Series of all operators.
     *
     * @param looks the oldest first
     */
    public static MetricGroupsResource groups(List<JobFigures> looks) {
        List<Long> times =
                looks.stream().map(look -> look.time().toEpochMilli()).toList();
        List<OperatorFigures> operators =
                looks.isEmpty() ? List.of() : looks.get(looks.size() - 1).operators();
        List<MetricGroupsResource.Group> groups = new ArrayList<>();
        for (OperatorFigures operator : operators) {
            String id = operator.operator().id();
            Map<String, List<Double>> series = new LinkedHashMap<>();
            SERIES.forEach((name, value) -> series.put(
                    name,
                    looks.stream()
                            .map(look -> look.operator(id)
                                    .map(one -> value.applyAsDouble(one.total()))
                                    .orElse(0.0))
                            .toList()));
            groups.add(new MetricGroupsResource.Group(id, operator.operator().name(), series));
        }
        return new MetricGroupsResource(times, groups);
    }
}
