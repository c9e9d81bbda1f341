package io.laminar.flink.metrics;

import io.laminar.spi.batch.Batch;
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
    static final String LATE_ROWS = "late_rows";
    static final String SPILLED_BYTES = "spilled_bytes";

    private final MetricGroup group;
    private final String prefix;
    private final Counter rowsIn;
    private final Counter rowsOut;
    private final boolean sink;
    private final NodeGauge gauge = new NodeGauge(() -> System.currentTimeMillis() * 1000);
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
        this.sink = role == Role.SINK;
        // Flink names metrics after operators, and several may have one name.
        String operator = group.getAllVariables().getOrDefault("<operator_id>", "");
        (operator.isEmpty() ? group : group.addGroup(operator)).gauge(NodeGauge.NAME, gauge);
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

    /** Counts the rows of a batch that comes in. */
    public void in(Batch batch) {
        rowsIn.inc(batch.size());
        gauge.in(batch);
        if (sink) {
            gauge.arrived(batch);
        }
    }

    /** Counts the rows of a batch that is handed on. */
    public void out(Batch batch) {
        rowsOut.inc(batch.size());
        gauge.out(batch);
    }

    public void watermark(long time) {
        watermark = time;
        gauge.watermark(time);
    }

    /** Bytes that the operator's state takes of the heap and of the local disk. */
    public void state(long inMemory, long onDisk) {
        stateBytes = inMemory;
        spilledBytes = onDisk;
        gauge.state(inMemory, onDisk);
    }

    /** Adds to a counter the operator names, for example {@code late_rows}. */
    public void count(String metric, long amount) {
        if (metric.equals(LATE_ROWS)) {
            gauge.late(amount);
        } else if (metric.equals(JobProgress.BAD_RECORDS)) {
            gauge.bad(amount);
        }
        own.computeIfAbsent(metric, name -> group.counter(prefix + name)).inc(amount);
        RuntimeContext runtime = context;
        if (runtime != null) {
            shared.computeIfAbsent(metric, name -> SharedCounts.own(runtime, name))
                    .add(amount);
        }
    }
}
