package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** BIGINT, time types, short decimals. */
final class HeldLongs implements HeldColumn {
    private final HeldNulls nulls = new HeldNulls();
    private long[] values = new long[0];

    @Override
    public void reserve(int slots) {
        values = Arrays.copyOf(values, slots);
        nulls.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        long[] from = ((LongColumn) source).values();
        for (int i = 0; i < count; i++) {
            values[slots[i]] = from[rows[i]];
        }
        nulls.put(source.nulls(), rows, slots, count);
    }

    @Override
    public Column gather(int[] slots, int count) {
        long[] gathered = new long[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[slots[i]];
        }
        return new LongColumn(gathered, nulls.gather(slots, count), count);
    }

    @Override
    public boolean same(int left, int right) {
        return nulls.isNull(left) ? nulls.isNull(right) : !nulls.isNull(right) && values[left] == values[right];
    }

    @Override
    public long bytes() {
        return nulls.bytes() + HeapSize.of(values);
    }
}
