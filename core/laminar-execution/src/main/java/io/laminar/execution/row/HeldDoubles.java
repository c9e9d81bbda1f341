package io.laminar.execution.row;

import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import java.util.Arrays;

/** Floating point numbers; all NaNs are the same. */
final class HeldDoubles implements HeldColumn {
    private final HeldNulls nulls = new HeldNulls();
    private double[] values = new double[0];

    @Override
    public void reserve(int slots) {
        values = Arrays.copyOf(values, slots);
        nulls.reserve(slots);
    }

    @Override
    public void put(Column source, int[] rows, int[] slots, int count) {
        double[] from = ((DoubleColumn) source).values();
        for (int i = 0; i < count; i++) {
            values[slots[i]] = from[rows[i]];
        }
        nulls.put(source.nulls(), rows, slots, count);
    }

    @Override
    public Column gather(int[] slots, int count) {
        double[] gathered = new double[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = values[slots[i]];
        }
        return new DoubleColumn(gathered, nulls.gather(slots, count), count);
    }

    @Override
    public boolean same(int left, int right) {
        return nulls.isNull(left)
                ? nulls.isNull(right)
                : !nulls.isNull(right)
                        && Double.doubleToLongBits(values[left]) == Double.doubleToLongBits(values[right]);
    }

    @Override
    public long bytes() {
        return nulls.bytes() + HeapSize.of(values);
    }
}
