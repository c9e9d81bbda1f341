package io.laminar.execution.sort;

import io.laminar.execution.key.ByteRows;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.SlowestWatermark;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs a {@link WindowTopNNode}. Holds, per window and partition, only rows that are among the first so far; a row is
 * copied only when it becomes one of them.
 */
public final class WindowTopNOperator implements Operator {

    /** Windows in the order in which they close. */
    private record Bounds(long end, long start) implements Comparable<Bounds> {
        @Override
        public int compareTo(Bounds other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(start, other.start);
        }
    }

    private static final int STATE_VERSION = 1;

    private final WindowTopNNode node;
    private final Schema input;
    private final List<DataType> types;
    private final KeyRows partitionKeys;
    private final SortKeyRows sortKeys;
    private final ByteRows encoding = new ByteRows();
    private final TreeMap<Bounds, RankedWindow> windows = new TreeMap<>();
    private final StateTables tables =
            new StateTables(STATE_VERSION, new SlowestWatermark(this::lastWatermark, this::restored));
    private final StateTable table;
    private final ColumnBuilder[] decoded;
    private final LateRows late = new LateRows();
    private int[] ids = new int[Batch.TARGET_ROWS];
    /** That of the row that comes next. */
    private long arrival;

    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    public WindowTopNOperator(WindowTopNNode node) {
        this.node = node;
        this.input = node.input().schema();
        this.types = input.fields().stream().map(field -> field.type()).toList();
        this.partitionKeys =
                new KeyRows(node.partition().stream().map(input::type).toList());
        this.table = tables.table(node.partition(), this::restoreRows);
        this.sortKeys = new SortKeyRows(node.order());
        this.decoded = new ColumnBuilder[input.size()];
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int inputIndex, Batch batch, Output out) {
        add(batch, watermark, null);
        late.send(0, batch, context(), out);
    }

    /** @param arrivals of rows that had come before a restart */
    private void add(Batch batch, long closedBy, long @Nullable [] arrivals) {
        int size = batch.size();
        partitionKeys.load(batch, node.partition());
        sortKeys.load(batch.columns(), size);
        if (ids.length < size) {
            ids = new int[size];
        }
        long[] starts = ((LongColumn) batch.column(node.window().startColumn())).values();
        long[] ends = ((LongColumn) batch.column(node.window().endColumn())).values();
        for (int from = 0; from < size; ) {
            int to = from + 1;
            while (to < size && starts[to] == starts[from] && ends[to] == ends[from]) {
                to++;
            }
            if (ends[from] - 1 <= closedBy) {
                late.add(range(from, to), to - from);
            } else {
                addRun(batch, new Bounds(ends[from], starts[from]), from, to, arrivals);
            }
            from = to;
        }
    }

    /** Adds the rows of a batch from one position to another, all of one window. */
    private void addRun(Batch batch, Bounds bounds, int from, int to, long @Nullable [] arrivals) {
        RankedWindow window = windows.computeIfAbsent(bounds, b -> new RankedWindow(node, types, table));
        int count = to - from;
        int[] rows = from == 0 ? Rows.first(count) : range(from, to);
        window.keys().lookup(partitionKeys, rows, count, ids);
        List<RankedRows> partitions = window.partitions();
        for (int i = 0; i < count; i++) {
            if (arrivals != null || partitions.get(ids[i]).wants(sortKeys, rows[i])) {
                long came = arrivals == null ? arrival++ : arrivals[rows[i]];
                window.add(ids[i], sortKeys.key(rows[i]), encode(batch, rows[i]), came);
            }
        }
    }

    private static int[] range(int from, int to) {
        int[] rows = new int[to - from];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = from + i;
        }
        return rows;
    }

    private byte[] encode(Batch batch, int row) {
        Batch single = batch.gather(new int[] {row}, 1);
        encoding.encodeValues(single.columns(), 1);
        return Arrays.copyOf(encoding.bytes(), encoding.lengths()[0]);
    }

    @Override
    public void watermark(long value, Output out) {
        if (value <= watermark) {
            return;
        }
        watermark = value;
        if (windows.isEmpty() || windows.firstKey().end() - 1 > value) {
            return;
        }
        // Windows that close together share batches: few rows of many windows would take a batch each.
        BatchBuilder builder = new BatchBuilder(node.schema(), Batch.TARGET_ROWS);
        while (!windows.isEmpty() && windows.firstKey().end() - 1 <= value) {
            Map.Entry<Bounds, RankedWindow> closed = windows.pollFirstEntry();
            emit(closed.getKey(), closed.getValue(), builder, out);
            closed.getValue().close();
        }
        if (!builder.isEmpty()) {
            out.emit(builder.build());
        }
    }

    private void emit(Bounds bounds, RankedWindow window, BatchBuilder builder, Output out) {
        for (RankedRows partition : window.partitions()) {
            long[] ranks = partition.ranks();
            List<RankedRows.Entry> entries = partition.entries();
            for (int i = 0; i < ranks.length; i++) {
                if (ranks[i] >= node.first() && ranks[i] <= node.last()) {
                    append(builder, entries.get(i), ranks[i], bounds.end() - 1);
                }
                if (builder.isFull()) {
                    out.emit(builder.build());
                }
            }
        }
    }

    private void append(BatchBuilder builder, RankedRows.Entry entry, long rank, long rowtime) {
        for (int c = 0; c < decoded.length; c++) {
            decoded[c] = builder.column(c);
        }
        ByteRows.decode(entry.row(), 0, types, decoded);
        if (node.withRank()) {
            ((LongBuilder) builder.column(decoded.length)).append(rank);
        }
        builder.endRow(rowtime);
    }

    @Override
    public void finish(Output out) {
        watermark(Long.MAX_VALUE, out);
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    private long lastWatermark() {
        return watermark;
    }

    private void restoreRows(Batch saved) {
        LongColumn came = (LongColumn) saved.column(input.size());
        add(saved.withColumns(Arrays.copyOf(saved.columns(), input.size())), Long.MIN_VALUE, came.values());
        for (int i = 0; i < saved.size(); i++) {
            arrival = Math.max(arrival, came.value(i) + 1);
        }
    }

    private void restored(OptionalLong slowest) {
        slowest.ifPresent(time -> watermark = time);
    }

    @Override
    public long idleUntil() {
        return windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey().end() - 1;
    }

    @Override
    public long stateBytes() {
        return windows.values().stream().mapToLong(RankedWindow::bytes).sum();
    }
}
