package io.laminar.benchmark.nexmark;

import io.laminar.benchmark.ResultRows;
import io.laminar.benchmark.flink.FlinkSqlEngine;
import io.laminar.benchmark.laminar.LaminarEngine;
import io.laminar.spi.batch.Batch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Runs a query on both engines over the same events and compares what they come to. */
public final class Agreement {
    private static final long EVENTS = 60_000;

    /** No two events at the same millisecond: the order of such rows is anybody's choice. */
    private static final double EVENTS_PER_SECOND = 1_000;

    private static final int SHOWN = 5;

    private final List<Batch> events = NexmarkEvents.batches(EVENTS, EVENTS_PER_SECOND);

    /** What differs, or nothing if both engines end with the same rows. */
    public Optional<String> difference(NexmarkQuery query) throws Exception {
        FlinkSqlEngine.load(events);
        ResultRows.keep();
        FlinkSqlEngine.nexmark(Objects.requireNonNull(query.flink()), 1, FlinkSqlEngine.State.HEAP);
        Map<String, Integer> theirs = ResultRows.take();
        FlinkSqlEngine.unload();
        LaminarEngine.load(events);
        ResultRows.keep();
        LaminarEngine.nexmark(query.laminar(), 1);
        Map<String, Integer> ours = ResultRows.take();
        LaminarEngine.unload();
        if (theirs.isEmpty()) {
            return Optional.of(query.name() + ": no rows, so nothing is compared");
        }
        return ours.equals(theirs) ? Optional.empty() : Optional.of(describe(query, ours, theirs));
    }

    private static String describe(NexmarkQuery query, Map<String, Integer> ours, Map<String, Integer> theirs) {
        return "%s: Laminar has %d different rows, Flink SQL %d%nonly Laminar: %s%nonly Flink SQL: %s"
                .formatted(query.name(), ours.size(), theirs.size(), without(ours, theirs), without(theirs, ours));
    }

    private static List<String> without(Map<String, Integer> rows, Map<String, Integer> others) {
        return rows.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(others.get(entry.getKey())))
                .limit(SHOWN)
                .map(entry -> entry.getValue() + " x " + entry.getKey())
                .toList();
    }
}
