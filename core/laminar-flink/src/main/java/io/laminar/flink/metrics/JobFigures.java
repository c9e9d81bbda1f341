package io.laminar.flink.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a job does at a moment.
 *
 * @param operators of the plan, sources first
 * @param total rows in and their rate are those that sources read, rows out those that sinks take; the watermark is the
 *     least of all sinks; load is the average of all operators; state, late and bad rows are those of all operators
 * @param checkpoints completed
 * @param lastCheckpoint how long the last one took; null before the first
 * @param lastCheckpointBytes its size
 */
public record JobFigures(
        Instant time,
        List<OperatorFigures> operators,
        Figures total,
        long checkpoints,
        @Nullable Duration lastCheckpoint,
        long lastCheckpointBytes) {
    public JobFigures {
        operators = List.copyOf(operators);
    }

    static JobFigures of(
            Instant time,
            List<OperatorFigures> operators,
            long checkpoints,
            @Nullable Duration lastCheckpoint,
            long lastCheckpointBytes) {
        return new JobFigures(time, operators, total(operators), checkpoints, lastCheckpoint, lastCheckpointBytes);
    }

    /** The operator with an id of the plan. */
    public Optional<OperatorFigures> operator(String id) {
        return operators.stream().filter(one -> one.operator().id().equals(id)).findFirst();
    }

    private static Figures total(List<OperatorFigures> operators) {
        Figures all = Figures.sum(operators.stream().map(OperatorFigures::total).toList());
        Figures sources = of(operators, Role.SOURCE);
        Figures sinks = of(operators, Role.SINK);
        Counts counts = new Counts(
                sources.counts().rowsIn(),
                sinks.counts().rowsOut(),
                sources.counts().bytesIn(),
                sinks.counts().bytesOut(),
                all.counts().lateRows(),
                all.counts().badRows());
        Rates rates = new Rates(
                sources.rates().rowsIn(),
                sinks.rates().rowsOut(),
                sources.rates().bytesIn(),
                sinks.rates().bytesOut());
        return new Figures(
                counts,
                rates,
                all.load(),
                sinks.watermark(),
                sinks.watermarkLag(),
                sources.backlog(),
                all.stateBytes(),
                all.spilledBytes(),
                sinks.latency());
    }

    private static Figures of(List<OperatorFigures> operators, Role role) {
        return Figures.sum(operators.stream()
                .filter(one -> one.operator().role() == role)
                .map(OperatorFigures::total)
                .toList());
    }
}
