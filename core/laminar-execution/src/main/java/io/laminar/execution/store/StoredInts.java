package io.laminar.execution.store;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.util.Arrays;

/** Values of INT layout. */
final class StoredInts extends StoredColumn {
    private int[][] values = new int[0][];

    @Override
    void widen(int count) {
        int known = values.length;
        values = Arrays.copyOf(values, count);
        Arrays.fill(values, known, count, new int[0]);
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
        values[segment] = new int[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        int[] from = ((IntColumn) source).values();
        int[][] to = values;
        for (int i = 0; i < count; i++) {
            to[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK] = from[rows[i]];
        }
        putNulls(source, rows, ids, count);
    }

    @Override
    Column gather(int[] ids, int count) {
        int[] gathered = new int[count];
        int[][] from = values;
        for (int i = 0; i < count; i++) {
            gathered[i] = from[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK];
        }
        return new IntColumn(gathered, gatherNulls(ids, count), count);
    }

    @Override
    boolean equal(int id, Column other, int row) {
        boolean isNull = isNull(id);
        if (isNull || other.isNull(row)) {
            return isNull && other.isNull(row);
        }
        int mine = values[id >>> Segments.SHIFT][id & Segments.MASK];
        int theirs = ((IntColumn) other).value(row);
        return mine == theirs;
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (int[] segment : values) {
            bytes += (long) segment.length * Integer.BYTES;
        }
        return bytes;
    }
}
