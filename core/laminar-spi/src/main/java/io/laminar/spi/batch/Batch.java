package io.laminar.spi.batch;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Up to a few thousand rows as columns, with the event time of each row and, in a changelog, its kind. Immutable once
 * emitted. The schema travels in the plan, not with every batch.
 */
public final class Batch {
    /** Rows a source or operator collects before it emits, unless it has to flush earlier. */
    public static final int TARGET_ROWS = 4096;

    /** Bytes (serialised) above which a batch is emitted although it has fewer rows. */
    public static final int TARGET_BYTES = 1 << 20;

    /** Which of several streams that leave one operator together a batch belongs to. */
    public enum Lane {
        MAIN,
        /** Records that could not be decoded, with their provenance. */
        DEAD_LETTER,
        /** Rows of an operator's first input that came after their window had closed. */
        LATE,
        /** The same of its second input. */
        LATE_SECOND,
        /** Times of rows that a source has left out: they move the watermark on, and nobody gets them. */
        SKIPPED;

        /** The lane for late rows of an input. */
        public static Lane late(int input) {
            return input == 0 ? LATE : LATE_SECOND;
        }

        /** Whether the lane is for late rows. */
        public boolean isLate() {
            return this == LATE || this == LATE_SECOND;
        }
    }

    private final int size;
    private final Column[] columns;
    private final long[] rowtime;
    private final byte @Nullable [] kinds;
    private final Lane lane;

    /**
     * @param rowtime event time of each row in microseconds since the epoch
     * @param kinds {@link RowKind} of each row; null when all are inserts
     */
    public Batch(int size, Column[] columns, long[] rowtime, byte @Nullable [] kinds, Lane lane) {
        this.size = size;
        this.columns = columns;
        this.rowtime = rowtime;
        this.kinds = kinds;
        this.lane = lane;
    }

    public Batch(int size, Column[] columns, long[] rowtime, byte @Nullable [] kinds) {
        this(size, columns, rowtime, kinds, Lane.MAIN);
    }

    public int size() {
        return size;
    }

    public int width() {
        return columns.length;
    }

    public Column column(int index) {
        return columns[index];
    }

    /** The columns; not to be written. */
    public Column[] columns() {
        return columns;
    }

    public long[] rowtime() {
        return rowtime;
    }

    public byte @Nullable [] kinds() {
        return kinds;
    }

    public byte kind(int row) {
        return kinds == null ? RowKind.INSERT : kinds[row];
    }

    public Lane lane() {
        return lane;
    }

    /** The same rows with other columns. */
    public Batch withColumns(Column[] replacement) {
        return new Batch(size, replacement, rowtime, kinds, lane);
    }

    public Batch withRowtime(long[] replacement) {
        return new Batch(size, columns, replacement, kinds, lane);
    }

    public Batch withKinds(byte @Nullable [] replacement) {
        return new Batch(size, columns, rowtime, replacement, lane);
    }

    /** The rows {@code selection[0..count)}. */
    public Batch gather(int[] selection, int count) {
        Column[] gathered = new Column[columns.length];
        for (int c = 0; c < gathered.length; c++) {
            gathered[c] = columns[c].gather(selection, count);
        }
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = rowtime[selection[i]];
        }
        byte[] gatheredKinds = null;
        if (kinds != null) {
            gatheredKinds = new byte[count];
            for (int i = 0; i < count; i++) {
                gatheredKinds[i] = kinds[selection[i]];
            }
        }
        return new Batch(count, gathered, times, gatheredKinds, lane);
    }

    /** The rows {@code [from, from + count)}. */
    public Batch slice(int from, int count) {
        if (from == 0 && count == size) {
            return this;
        }
        Column[] sliced = new Column[columns.length];
        for (int c = 0; c < sliced.length; c++) {
            sliced[c] = columns[c].slice(from, count);
        }
        return new Batch(
                count,
                sliced,
                Arrays.copyOfRange(rowtime, from, from + count),
                kinds == null ? null : Arrays.copyOfRange(kinds, from, from + count),
                lane);
    }
}
