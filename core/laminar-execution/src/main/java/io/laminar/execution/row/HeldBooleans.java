package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import java.util.Arrays;

/** BOOLEAN. */
final class HeldBooleans implements HeldColumn {
    private final HeldNulls nulls = new HeldNulls();
    private boolean[] values = new boolean[0];

    @Override
    public void reserve(int slots) {
        values = Arrays.copyOf(values, slots);
        nulls.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        boolean[] from = ((BooleanColumn) source).values();
        for (int i = 0; i < count; i++) {
            values[slots[i]] = from[rows[i]];
        }
        nulls.put(source.nulls(), rows, slots, count);
    }

    @Override
    public Column gather(int[] slots, int count) {
        boolean[] gathered = new boolean[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[slots[i]];
        }
        return new BooleanColumn(gathered, nulls.gather(slots, count), count);
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
