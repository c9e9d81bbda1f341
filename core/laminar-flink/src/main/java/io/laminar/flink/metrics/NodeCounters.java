package io.laminar.flink.metrics;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;

/** The counters of one subtask of one plan node, registered with Flink under names that {@link JobMetrics} looks for. */
public final class NodeCounters {
    public static final String ROWS_IN = "laminar_rows_in";
    public static final String ROWS_OUT = "laminar_rows_out";
    public static final String WATERMARK = "laminar_watermark";

    /** Prefix of counters that operators name themselves, for example {@code late_rows}. */
    public static final String OWN = "laminar_own_";

    private final MetricGroup group;
    private final Counter rowsIn;
    private final Counter rowsOut;
    private final Map<String, Counter> own = new HashMap<>();
    private volatile long watermark = Long.MIN_VALUE;

    public NodeCounters(MetricGroup group) {
        this.group = group;
        this.rowsIn = group.counter(ROWS_IN);
        this.rowsOut = group.counter(ROWS_OUT);
        group.gauge(WATERMARK, (Gauge<Long>) () -> watermark);
    }

    public void in(long rows) {
        rowsIn.inc(rows);
    }

    public void out(long rows) {
        rowsOut.inc(rows);
    }

    public void watermark(long time) {
        watermark = time;
    }

    public void count(String metric, long amount) {
        own.computeIfAbsent(metric, name -> group.counter(OWN + name)).inc(amount);
    }
}
