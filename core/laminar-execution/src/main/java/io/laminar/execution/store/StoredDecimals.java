package io.laminar.execution.store;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import java.util.Arrays;

/** Values of DECIMAL layout: two words each, one behind the other. */
final class StoredDecimals extends StoredColumn {
    private long[][] words = new long[0][];

    @Override
    void widen(int count) {
        int known = words.length;
        words = Arrays.copyOf(words, count);
        Arrays.fill(words, known, count, new long[0]);
        widenNulls(count);
    }

    @Override
    void allocate(int segment, int capacity) {
        if (words[segment].length < capacity * 2) {
            words[segment] = Arrays.copyOf(words[segment], capacity * 2);
        }
    }

    @Override
    void release(int segment) {
        words[segment] = new long[0];
        nulls[segment] = null;
    }

    @Override
    void put(Column source, int[] rows, int[] ids, int count) {
        DecimalColumn from = (DecimalColumn) source;
        for (int i = 0; i < count; i++) {
            long[] segment = words[ids[i] >>> Segments.SHIFT];
            int at = (ids[i] & Segments.MASK) * 2;
            segment[at] = from.high()[rows[i]];
            segment[at + 1] = from.low()[rows[i]];
        }
        putNulls(source, rows, ids, count);
    }

    @Override
    Column gather(int[] ids, int count) {
        long[] high = new long[count];
        long[] low = new long[count];
        for (int i = 0; i < count; i++) {
            long[] segment = words[ids[i] >>> Segments.SHIFT];
            int at = (ids[i] & Segments.MASK) * 2;
            high[i] = segment[at];
            low[i] = segment[at + 1];
        }
        return new DecimalColumn(high, low, gatherNulls(ids, count), count);
    }

    @Override
    boolean equal(int id, Column other, int row) {
        boolean isNull = isNull(id);
        if (isNull || other.isNull(row)) {
            return isNull && other.isNull(row);
        }
        long[] segment = words[id >>> Segments.SHIFT];
        int at = (id & Segments.MASK) * 2;
        DecimalColumn theirs = (DecimalColumn) other;
        return segment[at] == theirs.high()[row] && segment[at + 1] == theirs.low()[row];
    }

    @Override
    long bytes() {
        long bytes = 0;
        for (long[] segment : words) {
            bytes += (long) segment.length * Long.BYTES;
        }
        return bytes;
    }
}
