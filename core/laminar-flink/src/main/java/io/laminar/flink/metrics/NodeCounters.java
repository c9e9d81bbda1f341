package io.laminar.flink.metrics;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** The counters of one subtask of one plan node, registered with Flink under names that {@link JobMetrics} looks for. */
public final class NodeCounters {
    static final String PREFIX = "laminar.";
    static final String ROWS_IN = "rows_in";
    static final String ROWS_OUT = "rows_out";
    static final String WATERMARK = "watermark";
    static final String STATE_BYTES = "state_bytes";
    static final String SPILLED_BYTES = "spilled_bytes";

    private final MetricGroup group;
    private final String prefix;
    private final Counter rowsIn;
    private final Counter rowsOut;
    private final Map<String, Counter> own = new HashMap<>();
    private final Map<String, LongCounter> shared = new HashMap<>();
    private @Nullable RuntimeContext context;
    private volatile long watermark = Long.MIN_VALUE;
    private volatile long stateBytes;
    private volatile long spilledBytes;

    public NodeCounters(MetricGroup group, Role role) {
        this.group = group;
        this.prefix = PREFIX + role.name() + '.';
        this.rowsIn = group.counter(prefix + ROWS_IN);
        this.rowsOut = group.counter(prefix + ROWS_OUT);
        group.gauge(prefix + WATERMARK, (Gauge<Long>) () -> watermark);
        if (role == Role.OPERATOR) {
            group.gauge(prefix + STATE_BYTES, (Gauge<Long>) () -> stateBytes);
            group.gauge(prefix + SPILLED_BYTES, (Gauge<Long>) () -> spilledBytes);
        }
    }

    /** Shows what {@link #count} counts to remote clients too. */
    public void share(RuntimeContext runtime) {
        context = runtime;
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

    /** Bytes that the operator's state takes of the heap and of the local disk. */
    public void state(long inMemory, long onDisk) {
        stateBytes = inMemory;
        spilledBytes = onDisk;
    }

    /** Adds to a counter the operator names, for example {@code late_rows}. */
    public void count(String metric, long amount) {
        own.computeIfAbsent(metric, name -> group.counter(prefix + name)).inc(amount);
        RuntimeContext runtime = context;
        if (runtime != null) {
            shared.computeIfAbsent(metric, name -> SharedCounts.own(runtime, name))
                    .add(amount);
        }
    }
}
