package io.laminar.flink.metrics;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;

/**
 * Counts that a remote client sees: Flink's accumulators, which reach the coordinator with heartbeats and, exactly, at
 * the end of a task. Operators of one task share them.
 */
public final class SharedCounts {
    private static final String PREFIX = "laminar.";
    private static final String ROWS_IN = PREFIX + NodeCounters.ROWS_IN;
    private static final String ROWS_OUT = PREFIX + NodeCounters.ROWS_OUT;
    private static final String OWN = PREFIX + "count.";

    private SharedCounts() {}

    /** Rows read by sources. */
    public static LongCounter rowsIn(RuntimeContext context) {
        return context.getLongCounter(ROWS_IN);
    }

    /** Rows handed to sinks. */
    public static LongCounter rowsOut(RuntimeContext context) {
        return context.getLongCounter(ROWS_OUT);
    }

    /** What an operator counts itself. */
    static LongCounter own(RuntimeContext context, String name) {
        return context.getLongCounter(OWN + name);
    }

    /** What the accumulators of a job say, as a {@link JobProgress} without checkpoints and watermark. */
    public static JobProgress progress(Map<String, Object> accumulators) {
        Map<String, Long> own = new TreeMap<>();
        accumulators.forEach((name, value) -> {
            if (name.startsWith(OWN) && value instanceof Long count) {
                own.put(name.substring(OWN.length()), count);
            }
        });
        return new JobProgress(
                count(accumulators, ROWS_IN), count(accumulators, ROWS_OUT), Long.MIN_VALUE, 0, 0, 0, 0, own);
    }

    private static long count(Map<String, Object> accumulators, String name) {
        return accumulators.get(name) instanceof Long count ? count : 0;
    }
}
