package io.laminar.execution.store;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** Values of LONG layout. */
final class StoredLongs extends StoredColumn {
    private long[][] values = new long[0][];

    long value(int id) {
        return values[id >>> Segments.SHIFT][id & Segments.MASK];
    }

    @Override
    void widen(int count) {
        int known = values.length;
        values = Arrays.copyOf(values, count);
        Arrays.fill(values, known, count, new long[0]);
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
        values[segment] = new long[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        long[] from = ((LongColumn) source).values();
        long[][] to = values;
        for (int i = 0; i < count; i++) {
            to[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK] = from[rows[i]];
        }
        putNulls(source, rows, ids, count);
    }

    @Override
    Column gather(int[] ids, int count) {
        long[] gathered = new long[count];
        long[][] from = values;
        for (int i = 0; i < count; i++) {
            gathered[i] = from[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK];
        }
        return new LongColumn(gathered, gatherNulls(ids, count), count);
    }

    @Override
    boolean equal(int id, Column other, int row) {
        boolean isNull = isNull(id);
        if (isNull || other.isNull(row)) {
            return isNull && other.isNull(row);
        }
        long mine = values[id >>> Segments.SHIFT][id & Segments.MASK];
        long theirs = ((LongColumn) other).value(row);
        return mine == theirs;
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (long[] segment : values) {
            bytes += (long) segment.length * Long.BYTES;
        }
        return bytes;
    }
}
