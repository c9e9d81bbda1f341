package io.laminar.execution.aggregate;

import io.laminar.execution.key.ByteRows;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The value of the row that comes first in an order, over input that only appends: {@code first_value}, {@code
 * last_value}, {@code arg_min}, {@code arg_max}. One row per group is kept as bytes, with its sort key; a row is copied
 * only when it takes the place of another. Rows that are alike in the order follow each other by event time.
 */
final class FirstRowAccumulator implements Accumulator {
    private final int[] columns;
    private final boolean lastWins;
    private final List<DataType> types;
    private final SortKeyRows order;
    private final ByteRows encoding = new ByteRows();
    private byte[] @Nullable [] keys = new byte[0][];
    private byte[] @Nullable [] values = new byte[0][];

    /**
     * @param argument position of the value among the input columns
     * @param sortKeys the order, over input columns
     * @param lastWins whether of rows that are alike in everything the one that came last is taken
     */
    FirstRowAccumulator(int argument, List<SortKey> sortKeys, List<DataType> inputTypes, boolean lastWins) {
        this.lastWins = lastWins;
        List<Integer> kept = new ArrayList<>(List.of(argument));
        List<SortKey> keptOrder = new ArrayList<>();
        for (SortKey key : sortKeys) {
            int known = kept.indexOf(key.column());
            keptOrder.add(new SortKey(known < 0 ? kept.size() : known, key.descending(), key.nullsFirst()));
            if (known < 0) {
                kept.add(key.column());
            }
        }
        keptOrder.add(new SortKey(kept.size(), lastWins, false));
        this.columns = kept.stream().mapToInt(Integer::intValue).toArray();
        this.types = new ArrayList<>();
        kept.forEach(column -> types.add(inputTypes.get(column)));
        types.add(Scalar.TIMESTAMP);
        this.order = new SortKeyRows(keptOrder);
    }

    /** The opposite order. */
    static List<SortKey> reversed(List<SortKey> order) {
        return order.stream()
                .map(key -> new SortKey(key.column(), !key.descending(), !key.nullsFirst()))
                .toList();
    }

    @Override
    public void reserve(int groups) {
        if (keys.length < groups) {
            keys = Arrays.copyOf(keys, Capacity.grown(groups));
            values = Arrays.copyOf(values, keys.length);
        }
    }

    @Override
    public void accumulate(Batch batch, int[] rows, int[] groups, int count) {
        Column[] row = new Column[types.size()];
        for (int i = 0; i < columns.length; i++) {
            row[i] = batch.column(columns[i]);
        }
        row[columns.length] = new LongColumn(batch.rowtime(), null, batch.size());
        add(row, batch.size(), rows, groups, count);
    }

    private void add(Column[] row, int size, int[] rows, int[] groups, int count) {
        order.load(row, size);
        encoding.encodeValues(row, size);
        for (int i = 0; i < count; i++) {
            int candidate = rows[i];
            byte[] first = keys[groups[i]];
            if (first == null || comesBefore(order.compare(candidate, first))) {
                int start = encoding.starts()[candidate];
                keys[groups[i]] = order.key(candidate);
                values[groups[i]] = Arrays.copyOfRange(encoding.bytes(), start, start + encoding.lengths()[candidate]);
            }
        }
    }

    private boolean comesBefore(int comparison) {
        return lastWins ? comparison <= 0 : comparison < 0;
    }

    @Override
    public void retract(Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException("where rows are taken back all of them are kept");
    }

    @Override
    public Column result(int[] groups, int count) {
        return state(groups, count)[0];
    }

    @Override
    public int stateWidth() {
        return types.size();
    }

    /** The row; a group without one has NULL as event time. */
    @Override
    public Column[] state(int[] groups, int count) {
        ColumnBuilder[] builders = new ColumnBuilder[types.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = ColumnBuilder.of(types.get(i), count);
        }
        for (int i = 0; i < count; i++) {
            byte[] row = values[groups[i]];
            if (row != null) {
                ByteRows.decode(row, 0, types, builders);
            } else {
                for (ColumnBuilder builder : builders) {
                    builder.appendNull();
                }
            }
        }
        Column[] state = new Column[builders.length];
        for (int i = 0; i < state.length; i++) {
            state[i] = builders[i].build();
        }
        return state;
    }

    @Override
    public void mergeState(Column[] state, int[] rows, int[] groups, int count) {
        Column times = state[state.length - 1];
        Present present = Present.of(times.nulls(), rows, groups, count);
        add(state, times.size(), present.rows(), present.groups(), present.count());
    }

    @Override
    public void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        FirstRowAccumulator other = (FirstRowAccumulator) source;
        for (int i = 0; i < count; i++) {
            byte[] candidate = other.keys[sourceGroups[i]];
            if (candidate == null) {
                continue;
            }
            byte[] first = keys[groups[i]];
            if (first == null || comesBefore(Arrays.compareUnsigned(candidate, first))) {
                // Rows never change, so they may be shared.
                keys[groups[i]] = candidate;
                values[groups[i]] = other.values[sourceGroups[i]];
            }
        }
    }

    @Override
    public void clear(int[] groups, int count) {
        for (int i = 0; i < count; i++) {
            keys[groups[i]] = null;
            values[groups[i]] = null;
        }
    }

    @Override
    public void clearAll(int limit) {
        Arrays.fill(keys, 0, limit, null);
        Arrays.fill(values, 0, limit, null);
    }

    @Override
    public long bytes() {
        return HeapSize.of(keys, HeapSize::of) + HeapSize.of(values, HeapSize::of);
    }
}
