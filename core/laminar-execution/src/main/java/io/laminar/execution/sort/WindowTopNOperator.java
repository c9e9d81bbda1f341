package io.laminar.execution.sort;

import io.laminar.execution.key.ByteRows;
import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateReader;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    /** The partitions of a window; the ids of the keys are positions in the list. */
    private record Window(KeyTable keys, List<RankedRows> partitions) {}

    private final WindowTopNNode node;
    private final Schema input;
    private final List<DataType> types;
    private final List<DataType> partitionTypes;
    private final KeyRows partitionKeys;
    private final SortKeyRows sortKeys;
    private final ByteRows encoding = new ByteRows();
    private final TreeMap<Bounds, Window> windows = new TreeMap<>();
    private final ColumnBuilder[] decoded;
    private final LateRows late = new LateRows();
    private int[] ids = new int[Batch.TARGET_ROWS];
    private long watermark = Long.MIN_VALUE;
    private @Nullable OperatorContext context;

    public WindowTopNOperator(WindowTopNNode node) {
        this.node = node;
        this.input = node.input().schema();
        this.types = input.fields().stream().map(field -> field.type()).toList();
        this.partitionTypes = node.partition().stream().map(input::type).toList();
        this.partitionKeys = new KeyRows(partitionTypes);
        this.sortKeys = new SortKeyRows(node.order());
        this.decoded = new ColumnBuilder[input.size()];
    }

    @Override
    public void open(OperatorContext operatorContext) {
        context = operatorContext;
    }

    private OperatorContext context() {
        return Objects.requireNonNull(context, "not open");
    }

    @Override
    public void process(int inputIndex, Batch batch, Output out) {
        add(batch, watermark);
        late.send(0, batch, context(), out);
    }

    private void add(Batch batch, long closedBy) {
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
                addRun(batch, new Bounds(ends[from], starts[from]), from, to);
            }
            from = to;
        }
    }

    /** Adds the rows of a batch from one position to another, all of one window. */
    private void addRun(Batch batch, Bounds bounds, int from, int to) {
        Window window =
                windows.computeIfAbsent(bounds, b -> new Window(KeyTable.of(partitionTypes), new ArrayList<>()));
        int count = to - from;
        int[] rows = from == 0 ? Rows.first(count) : range(from, to);
        window.keys().lookup(partitionKeys, rows, count, ids);
        while (window.partitions().size() < window.keys().limit()) {
            window.partitions().add(new RankedRows(node.function(), node.last()));
        }
        for (int i = 0; i < count; i++) {
            RankedRows partition = window.partitions().get(ids[i]);
            if (partition.wants(sortKeys, rows[i])) {
                partition.add(new RankedRows.Entry(sortKeys.key(rows[i]), encode(batch, rows[i])));
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
        return java.util.Arrays.copyOf(encoding.bytes(), encoding.lengths()[0]);
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
            Map.Entry<Bounds, Window> closed = windows.pollFirstEntry();
            emit(closed.getKey(), closed.getValue(), builder, out);
        }
        if (!builder.isEmpty()) {
            out.emit(builder.build());
        }
    }

    private void emit(Bounds bounds, Window window, BatchBuilder builder, Output out) {
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
    public void snapshot(StateWriter writer) {
        Map<Bounds, KeyGroupIndex> indexes = new LinkedHashMap<>();
        windows.forEach((bounds, window) ->
                indexes.put(bounds, KeyGroupIndex.of(window.keys(), context().maxParallelism())));
        KeyGroupRange range = context().keyGroups();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int current = keyGroup;
            writer.keyGroup(keyGroup, out -> {
                out.writeLong(watermark);
                write(current, indexes, out);
            });
        }
    }

    /** Writes the rows kept as batches of the input; what they were encoded for is found again when they are read. */
    private void write(int keyGroup, Map<Bounds, KeyGroupIndex> indexes, DataOutput out) throws IOException {
        BatchBuilder builder = new BatchBuilder(input, Batch.TARGET_ROWS);
        for (Map.Entry<Bounds, KeyGroupIndex> index : indexes.entrySet()) {
            Window window = Objects.requireNonNull(windows.get(index.getKey()));
            for (int id : index.getValue().ids(keyGroup)) {
                for (RankedRows.Entry entry : window.partitions().get(id).entries()) {
                    for (int c = 0; c < decoded.length; c++) {
                        decoded[c] = builder.column(c);
                    }
                    ByteRows.decode(entry.row(), 0, types, decoded);
                    builder.endRow(0);
                    if (builder.isFull()) {
                        out.writeBoolean(true);
                        BatchCodec.write(builder.build(), out);
                    }
                }
            }
        }
        out.writeBoolean(!builder.isEmpty());
        if (!builder.isEmpty()) {
            BatchCodec.write(builder.build(), out);
            out.writeBoolean(false);
        }
    }

    @Override
    public void restore(StateReader reader) {
        long[] slowest = {Long.MAX_VALUE};
        boolean[] any = {false};
        reader.forEachKeyGroup((keyGroup, in) -> {
            any[0] = true;
            slowest[0] = Math.min(slowest[0], in.readLong());
            read(in);
        });
        if (any[0]) {
            watermark = slowest[0];
        }
    }

    private void read(DataInput in) throws IOException {
        while (in.readBoolean()) {
            add(BatchCodec.read(in), Long.MIN_VALUE);
        }
    }

    @Override
    public long idleUntil() {
        return windows.isEmpty() ? Long.MAX_VALUE : windows.firstKey().end() - 1;
    }

    @Override
    public long stateBytes() {
        long bytes = 0;
        for (Window window : windows.values()) {
            List<RankedRows> partitions = window.partitions();
            bytes += HeapSize.TREE_ENTRY
                    + window.keys().bytes()
                    + HeapSize.sampled(partitions.size(), partitions::get, RankedRows::bytes);
        }
        return bytes;
    }
}
