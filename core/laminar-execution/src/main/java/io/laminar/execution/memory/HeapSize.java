package io.laminar.execution.memory;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DecimalColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.MapColumn;
import io.laminar.spi.batch.StructColumn;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Bytes of heap that arrays and columns take, with compressed references and objects aligned to eight bytes. */
public final class HeapSize {
    /** Of an array, nearly that of an object as well. */
    public static final int HEADER = 16;

    public static final int REFERENCE = 4;
    /** Entry of a tree map, with a boxed key. */
    public static final int TREE_ENTRY = 64;

    /** Elements that are looked at where there may be millions of objects. */
    private static final int SAMPLE = 128;

    private HeapSize() {}

    public static long of(long @Nullable [] array) {
        return array == null ? 0 : HEADER + 8L * array.length;
    }

    public static long of(double @Nullable [] array) {
        return array == null ? 0 : HEADER + 8L * array.length;
    }

    public static long of(int @Nullable [] array) {
        return array == null ? 0 : HEADER + 4L * array.length;
    }

    public static long of(byte @Nullable [] array) {
        return array == null ? 0 : HEADER + (long) array.length;
    }

    public static long of(boolean @Nullable [] array) {
        return array == null ? 0 : HEADER + (long) array.length;
    }

    /** The array itself, without what it refers to. */
    public static long ofReferences(@Nullable Object[] array) {
        return HEADER + (long) REFERENCE * array.length;
    }

    /** The array and what it refers to; found by a sample if there is much of it. */
    public static <T> long of(@Nullable T[] array, ToLongFunction<? super T> size) {
        return ofReferences(array) + sampled(array.length, i -> array[i], size);
    }

    /** Many objects, found by a sample of them that is spread evenly. */
    public static <T> long sampled(
            int count, IntFunction<? extends @Nullable T> object, ToLongFunction<? super T> size) {
        int looked = Math.min(count, SAMPLE);
        long bytes = 0;
        for (int i = 0; i < looked; i++) {
            T one = object.apply((int) ((long) i * count / looked));
            bytes += one == null ? 0 : (size.applyAsLong(one) + 7) & ~7L;
        }
        return looked == 0 ? 0 : (long) (bytes * ((double) count / looked));
    }

    /** A column; of text the values, even if they share the bytes they point to with other columns. */
    public static long of(Column column) {
        long bytes = 2 * HEADER + of(column.nulls());
        if (column instanceof LongColumn longs) {
            return bytes + of(longs.values());
        } else if (column instanceof IntColumn ints) {
            return bytes + of(ints.values());
        } else if (column instanceof DoubleColumn doubles) {
            return bytes + of(doubles.values());
        } else if (column instanceof BooleanColumn booleans) {
            return bytes + of(booleans.values());
        } else if (column instanceof DecimalColumn decimals) {
            return bytes + of(decimals.high()) + of(decimals.low());
        } else if (column instanceof BytesColumn text) {
            return bytes + HEADER + of(text.starts()) + text.bytes();
        } else if (column instanceof ListColumn lists) {
            return bytes + of(lists.starts()) + of(lists.lengths()) + of(lists.elements());
        } else if (column instanceof MapColumn maps) {
            return bytes + of(maps.starts()) + of(maps.lengths()) + of(maps.keys()) + of(maps.values());
        }
        for (Column member : ((StructColumn) column).members()) {
            bytes += of(member);
        }
        return bytes;
    }

    public static long of(Iterable<? extends Column> columns) {
        long bytes = 0;
        for (Column column : columns) {
            bytes += of(column);
        }
        return bytes;
    }

    public static long of(Batch batch) {
        long bytes = 2 * HEADER + ofReferences(batch.columns()) + of(batch.rowtime()) + of(batch.kinds());
        for (Column column : batch.columns()) {
            bytes += of(column);
        }
        return bytes;
    }
}
