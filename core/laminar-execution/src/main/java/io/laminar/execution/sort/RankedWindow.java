package io.laminar.execution.sort;

import io.laminar.execution.key.ByteRows;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StoredRows;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The partitions of a window; the ids of the keys are their positions. Each row that is kept has a number. */
final class RankedWindow implements StoredRows {
    private final WindowTopNNode node;
    private final Schema schema;
    private final List<DataType> types;
    private final KeyTable keys;
    private final List<RankedRows> partitions = new ArrayList<>();
    private final StateTable table;
    private final RowTracker tracker;
    private RankedRows.@Nullable Entry[] numbered = new RankedRows.Entry[0];
    private int limit;
    private int[] free = new int[0];
    private int freeCount;

    /** @param table of the rows of all windows */
    RankedWindow(WindowTopNNode node, List<DataType> types, StateTable table) {
        this.node = node;
        this.schema = node.input().schema();
        this.types = types;
        this.keys = KeyTable.of(node.partition().stream().map(schema::type).toList());
        this.table = table;
        this.tracker = table.open(this);
    }

    KeyTable keys() {
        return keys;
    }

    /** The partitions, of which there is one for every key. */
    List<RankedRows> partitions() {
        while (partitions.size() < keys.limit()) {
            partitions.add(new RankedRows(node.function(), node.last()));
        }
        return partitions;
    }

    /** Adds a row that its partition wants; others may go for it. */
    void add(int partition, byte[] key, byte[] row, long arrival) {
        int number = freeCount > 0 ? free[--freeCount] : limit++;
        if (numbered.length < limit) {
            numbered = Arrays.copyOf(numbered, Capacity.grown(limit));
        }
        tracker.reserve(limit);
        tracker.touch(number);
        RankedRows.Entry entry = new RankedRows.Entry(key, row, arrival, partition, number);
        numbered[number] = entry;
        partitions.get(partition).add(entry, this::remove);
    }

    private void remove(RankedRows.Entry entry) {
        tracker.remove(entry.number());
        numbered[entry.number()] = null;
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Capacity.grown(freeCount + 1L));
        }
        free[freeCount++] = entry.number();
    }

    /** Says that the window is about to go. */
    void close() {
        table.close(tracker);
    }

    @Override
    public int limit() {
        return limit;
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        for (int number = 0; number < limit; number++) {
            marks[number] |= numbered[number] == null ? 0 : bit;
        }
    }

    /** Rows of the input, and behind their columns when they arrived. */
    @Override
    public Batch copy(int[] ids, int count) {
        BatchBuilder builder = new BatchBuilder(schema, count);
        ColumnBuilder[] builders = new ColumnBuilder[schema.size()];
        Arrays.setAll(builders, builder::column);
        long[] arrivals = new long[count];
        for (int i = 0; i < count; i++) {
            RankedRows.Entry entry = entry(ids[i]);
            ByteRows.decode(entry.row(), 0, types, builders);
            builder.endRow(0);
            arrivals[i] = entry.arrival();
        }
        Batch rows = builder.build();
        Column[] columns = Arrays.copyOf(rows.columns(), rows.width() + 1);
        columns[rows.width()] = new LongColumn(arrivals, null, count);
        return rows.withColumns(columns);
    }

    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        for (int i = 0; i < count; i++) {
            hashes[i] = keys.hash(entry(ids[i]).partition());
        }
    }

    private RankedRows.Entry entry(int number) {
        RankedRows.Entry entry = numbered[number];
        if (entry == null) {
            throw new IllegalStateException("no row has number " + number);
        }
        return entry;
    }

    /** Heap that the window takes, nearly. */
    long bytes() {
        return HeapSize.TREE_ENTRY
                + keys.bytes()
                + HeapSize.ofReferences(numbered)
                + HeapSize.of(free)
                + HeapSize.sampled(partitions.size(), partitions::get, RankedRows::bytes);
    }
}
