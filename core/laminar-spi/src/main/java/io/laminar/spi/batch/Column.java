package io.laminar.spi.batch;

import org.jspecify.annotations.Nullable;

/**
 * The values of one column of a batch. Immutable once it has left its builder. Arrays may be longer than {@link #size}
 * and are shared, never copied, between columns; who reads them must not write them.
 */
public sealed interface Column
        permits BooleanColumn,
                IntColumn,
                LongColumn,
                DoubleColumn,
                DecimalColumn,
                BytesColumn,
                ListColumn,
                MapColumn,
                StructColumn {

    int size();

    /** True where a value is null; null itself when no value is. The value behind a null is unspecified. */
    boolean @Nullable [] nulls();

    default boolean isNull(int row) {
        boolean[] nulls = nulls();
        return nulls != null && nulls[row];
    }

    /** The rows {@code selection[0..count)}, in that order. Text and nested values share their memory with this column. */
    Column gather(int[] selection, int count);

    /** The rows {@code [from, from + count)}. */
    Column slice(int from, int count);

    /** Bytes that the values of this column take when they are serialised, nearly. */
    long bytes();

    static boolean @Nullable [] gatherNulls(boolean @Nullable [] nulls, int[] selection, int count) {
        if (nulls == null) {
            return null;
        }
        boolean[] gathered = new boolean[count];
        boolean any = false;
        for (int i = 0; i < count; i++) {
            boolean isNull = nulls[selection[i]];
            gathered[i] = isNull;
            any |= isNull;
        }
        return any ? gathered : null;
    }

    static boolean @Nullable [] sliceNulls(boolean @Nullable [] nulls, int from, int count) {
        if (nulls == null) {
            return null;
        }
        boolean[] sliced = new boolean[count];
        System.arraycopy(nulls, from, sliced, 0, count);
        return sliced;
    }
}
