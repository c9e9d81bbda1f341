package io.laminar.execution.store;

import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import java.util.Arrays;

/** Values of DOUBLE layout; equal as SQL groups them: 0.0 is -0.0, NaN is NaN. */
final class StoredDoubles extends StoredColumn {
    private double[][] values = new double[0][];

    @Override
    void widen(int count) {
        int known = values.length;
        values = Arrays.copyOf(values, count);
        Arrays.fill(values, known, count, new double[0]);
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
        values[segment] = new double[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        double[] from = ((DoubleColumn) source).values();
        double[][] to = values;
        for (int i = 0; i < count; i++) {
            to[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK] = from[rows[i]];
        }
        putNulls(source, rows, ids, count);
    }

    @Override
    Column gather(int[] ids, int count) {
        double[] gathered = new double[count];
        double[][] from = values;
        for (int i = 0; i < count; i++) {
            gathered[i] = from[ids[i] >>> Segments.SHIFT][ids[i] & Segments.MASK];
        }
        return new DoubleColumn(gathered, gatherNulls(ids, count), count);
    }

    @Override
    boolean equal(int id, Column other, int row) {
        boolean isNull = isNull(id);
        if (isNull || other.isNull(row)) {
            return isNull && other.isNull(row);
        }
        double mine = values[id >>> Segments.SHIFT][id & Segments.MASK];
        double theirs = ((DoubleColumn) other).value(row);
        return KeyHasher.bits(mine) == KeyHasher.bits(theirs);
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (double[] segment : values) {
            bytes += (long) segment.length * Double.BYTES;
        }
        return bytes;
    }
}
