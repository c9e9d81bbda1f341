package io.laminar.execution.over;

import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import org.jspecify.annotations.Nullable;

/**
 * What RANGE measures: event time or the one sort key, as longs that ascend in the order of rows. NULLs are the least or
 * the greatest long, and stay it wherever a bound lies.
 */
final class FrameMeasure {
    private final OverRows rows;
    private final @Nullable SortKey key;
    private final boolean floating;

    /** @param key null for event time */
    FrameMeasure(OverRows rows, @Nullable SortKey key, @Nullable DataType type) {
        this.rows = rows;
        this.key = key;
        this.floating = type != null && type.physical() == Physical.DOUBLE;
    }

    /** By slot. */
    long[] values() {
        return key == null ? rows.times() : rows.measures();
    }

    /** Measures rows. */
    void set(int[] slots, int count) {
        SortKey by = key;
        if (by == null) {
            return;
        }
        Column column = rows.column(by.column()).gather(slots, count);
        long[] measures = rows.measures();
        for (int i = 0; i < count; i++) {
            measures[slots[i]] = column.isNull(i)
                    ? (by.nullsFirst() ? Long.MIN_VALUE : Long.MAX_VALUE)
                    : directed(value(column, i), by.descending());
        }
    }

    private static long value(Column column, int row) {
        if (column instanceof LongColumn longs) {
            return longs.value(row);
        } else if (column instanceof IntColumn ints) {
            return ints.value(row);
        }
        return sortable(((DoubleColumn) column).value(row));
    }

    private static long directed(long value, boolean descending) {
        return present(descending ? ~value : value);
    }

    /** Keeps the two ends for NULLs. */
    private static long present(long value) {
        return Math.max(Long.MIN_VALUE + 1, Math.min(Long.MAX_VALUE - 1, value));
    }

    /** Doubles as longs in the same order. */
    private static long sortable(double value) {
        long bits = Double.doubleToLongBits(value == 0 ? 0 : value);
        return bits < 0 ? bits ^ Long.MAX_VALUE : bits;
    }

    private static double unsortable(long sortable) {
        return Double.longBitsToDouble(sortable < 0 ? sortable ^ Long.MAX_VALUE : sortable);
    }

    /** The bound that lies at a distance from a row. */
    long moved(long value, long whole, double distance) {
        if (value == Long.MIN_VALUE || value == Long.MAX_VALUE) {
            return value;
        }
        if (!floating) {
            return present(saturated(value, whole));
        }
        boolean descending = key != null && key.descending();
        double from = unsortable(descending ? ~value : value);
        return directed(sortable(descending ? from - distance : from + distance), descending);
    }

    private static long saturated(long value, long distance) {
        long sum = value + distance;
        boolean overflows = ((value ^ sum) & (distance ^ sum)) < 0;
        return overflows ? (distance > 0 ? Long.MAX_VALUE : Long.MIN_VALUE) : sum;
    }
}
