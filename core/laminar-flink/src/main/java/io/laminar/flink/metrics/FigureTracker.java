package io.laminar.flink.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes the figures of a job out of looks at its counters: rates from the look before, smoothed over some seconds, and
 * totals that go on where counters begin anew after a restart.
 */
public final class FigureTracker {
    /** Seconds after which a rate that has changed shows nearly two thirds of the change. */
    private static final double SMOOTHING = 3;

    private static final double NANOS = 1e9;

    /**
     * What was seen of one subtask of one operator.
     *
     * @param base what it had counted before it last began anew
     */
    private record Seen(Counts base, Counts counted, Rates rates) {}

    private Map<String, Seen> last = new HashMap<>();
    private @Nullable Instant lastTime;

    /** @param operators with what their subtasks have counted now, without rates and lags */
    public JobFigures look(
            Instant time,
            List<OperatorFigures> operators,
            long checkpoints,
            @Nullable Duration lastCheckpoint,
            long lastCheckpointBytes) {
        double seconds = lastTime == null ? 0 : Duration.between(lastTime, time).toNanos() / NANOS;
        long micros = time.getEpochSecond() * 1_000_000 + time.getNano() / 1000;
        Map<String, Seen> now = new HashMap<>();
        List<OperatorFigures> result = new ArrayList<>();
        for (OperatorFigures operator : operators) {
            List<Figures> subtasks = new ArrayList<>();
            for (int subtask = 0; subtask < operator.subtasks().size(); subtask++) {
                String key = operator.operator().id() + '/' + subtask;
                Figures figures = operator.subtasks().get(subtask);
                Seen seen = see(last.get(key), figures.counts(), seconds);
                now.put(key, seen);
                subtasks.add(figures.withCounts(seen.base.plus(seen.counted))
                        .withRates(seen.rates)
                        .withLag(micros));
            }
            result.add(operator.withSubtasks(subtasks));
        }
        last.forEach(now::putIfAbsent);
        last = now;
        lastTime = time;
        return JobFigures.of(time, result, checkpoints, lastCheckpoint, lastCheckpointBytes);
    }

    private static Seen see(@Nullable Seen before, Counts counted, double seconds) {
        if (before == null) {
            return new Seen(Counts.NONE, counted, Rates.NONE);
        }
        boolean anew = counted.isLessThan(before.counted);
        Counts base = anew ? before.base.plus(before.counted) : before.base;
        if (seconds <= 0) {
            return new Seen(base, counted, before.rates);
        }
        Rates rates = Rates.between(anew ? Counts.NONE : before.counted, counted, seconds);
        return new Seen(base, counted, before.rates.towards(rates, 1 - Math.exp(-seconds / SMOOTHING)));
    }
}
