package io.laminar.execution.store;

import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import java.util.Arrays;

/** Values of BOOLEAN layout. */
final class StoredBooleans extends StoredColumn {
    private boolean[][] values = new boolean[0][];

    @Override
    void widen(int count) {
        int known = values.length;
        values = Arrays.copyOf(values, count);
        Arrays.fill(values, known, count, new boolean[0]);
        widenNulls(count);
    }

    @Override
    void allocate(int segment, int capacity) {
        if (values[segment].length < capacity) {
            values[segment] = Arrays.copyOf(values[segment], capacity);
        }
    }

    @Override
    void release(int segment) {
        values[segment] = new boolean[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        boolean[] from = ((BooleanColumn) source).values();
        boolean[][] to = values;
        for (int i = 0; i < count; i++) {
            to[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK] = from[rows[i]];
        }
        putNulls(source, rows, ids, count);
    }

    @Override
    Column gather(int[] ids, int count) {
        boolean[] gathered = new boolean[count];
        boolean[][] from = values;
        for (int i = 0; i < count; i++) {
            gathered[i] = from[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK];
        }
        return new BooleanColumn(gathered, gatherNulls(ids, count), count);
    }

    @Override
    boolean equal(int id, Column other, int row) {
        boolean isNull = isNull(id);
        if (isNull || other.isNull(row)) {
            return isNull && other.isNull(row);
        }
        boolean mine = values[id >>> Segments.SHIFT][id & Segments.MASK];
        boolean theirs = ((BooleanColumn) other).value(row);
        return mine == theirs;
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (boolean[] segment : values) {
            bytes += (long) segment.length * 1;
        }
        return bytes;
    }
}
