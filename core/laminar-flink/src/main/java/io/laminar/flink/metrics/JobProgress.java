package io.laminar.flink.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a job has done so far.
 *
 * @param rowsIn rows read by sources
 * @param rowsOut rows handed to sinks
 * @param watermark event time (microseconds) all sinks have reached; {@link Long#MIN_VALUE} before the first, {@link
 *     Long#MAX_VALUE} at the end
 * @param checkpoints completed
 * @param failedCheckpoints started but not completed
 * @param checkpointBytes size of the last completed checkpoint
 * @param stateBytes heap that the state of all operators takes, nearly
 * @param counters what operators counted themselves, for example {@code late_rows}, over all operators; {@code
 *     spilled_bytes} if state is on local disk
 */
public record JobProgress(
        long rowsIn,
        long rowsOut,
        long watermark,
        long checkpoints,
        long failedCheckpoints,
        long checkpointBytes,
        long stateBytes,
        Map<String, Long> counters) {
    /** Records that could not be decoded; counted by connectors, which know nothing of Laminar's prefix. */
    static final String BAD_RECORDS = "bad_records";

    /** What is shown by itself, not among the counters. */
    private static final Set<String> OF_ALL =
            Set.of(NodeCounters.ROWS_IN, NodeCounters.ROWS_OUT, NodeCounters.STATE_BYTES);

    static final String COMPLETED = "numberOfCompletedCheckpoints";
    static final String FAILED = "numberOfFailedCheckpoints";
    static final String BYTES = "lastCheckpointFullSize";

    /** @param totals node and metric name, separated by a line break, to value */
    static JobProgress of(Map<String, Long> totals, long watermark) {
        Map<String, Long> sums = new TreeMap<>();
        totals.forEach((key, value) -> sums.merge(key.substring(key.indexOf('\n') + 1), value, Long::sum));
        Map<String, Long> counters = new TreeMap<>();
        sums.forEach((name, value) -> {
            boolean counted = name.startsWith(NodeCounters.PREFIX) || name.equals(BAD_RECORDS);
            String own = counted ? name.substring(name.lastIndexOf('.') + 1) : "";
            boolean nothing = own.equals(NodeCounters.SPILLED_BYTES) && value == 0;
            if (!own.isEmpty() && !nothing && !OF_ALL.contains(own)) {
                counters.merge(own, value, Long::sum);
            }
        });
        return new JobProgress(
                sums.getOrDefault(NodeCounters.PREFIX + Role.SOURCE + '.' + NodeCounters.ROWS_IN, 0L),
                sums.getOrDefault(NodeCounters.PREFIX + Role.SINK + '.' + NodeCounters.ROWS_OUT, 0L),
                watermark,
                sums.getOrDefault(COMPLETED, 0L),
                sums.getOrDefault(FAILED, 0L),
                sums.getOrDefault(BYTES, 0L),
                sums.getOrDefault(NodeCounters.PREFIX + Role.OPERATOR + '.' + NodeCounters.STATE_BYTES, 0L),
                counters);
    }
}
