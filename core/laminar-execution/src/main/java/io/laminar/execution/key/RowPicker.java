package io.laminar.execution.key;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Compares and mixes the rows of two columns of one type. */
public final class RowPicker {

    private RowPicker() {}

    /**
     * The rows {@code rows[0..count)}, each from {@code after} where {@code fromAfter} is set and from {@code before}
     * elsewhere.
     */
    public static Column pick(DataType type, Column before, Column after, boolean[] fromAfter, int[] rows, int count) {
        if (before instanceof LongColumn old && after instanceof LongColumn fresh) {
            long[] values = new long[count];
            for (int i = 0; i < count; i++) {
                values[i] = (fromAfter[i] ? fresh : old).values()[rows[i]];
            }
            return new LongColumn(values, nulls(before, after, fromAfter, rows, count), count);
        }
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        for (int i = 0; i < count; i++) {
            builder.appendFrom(fromAfter[i] ? after : before, rows[i]);
        }
        return builder.build();
    }

    private static boolean @Nullable [] nulls(Column before, Column after, boolean[] fromAfter, int[] rows, int count) {
        if (before.nulls() == null && after.nulls() == null) {
            return null;
        }
        boolean[] nulls = new boolean[count];
        for (int i = 0; i < count; i++) {
            nulls[i] = (fromAfter[i] ? after : before).isNull(rows[i]);
        }
        return nulls;
    }

    /** Sets {@code differs[i]} where row {@code i} of the columns is not the same. */
    public static void compare(Column before, Column after, int count, boolean[] differs) {
        boolean withoutNulls = before.nulls() == null && after.nulls() == null;
        if (withoutNulls && before instanceof LongColumn old && after instanceof LongColumn fresh) {
            for (int i = 0; i < count; i++) {
                differs[i] |= old.values()[i] != fresh.values()[i];
            }
        } else if (withoutNulls && before instanceof IntColumn old && after instanceof IntColumn fresh) {
            for (int i = 0; i < count; i++) {
                differs[i] |= old.values()[i] != fresh.values()[i];
            }
        } else if (withoutNulls && before instanceof DoubleColumn old && after instanceof DoubleColumn fresh) {
            for (int i = 0; i < count; i++) {
                differs[i] |= Double.doubleToLongBits(old.values()[i]) != Double.doubleToLongBits(fresh.values()[i]);
            }
        } else {
            compareBytes(before, after, count, differs);
        }
    }

    private static void compareBytes(Column before, Column after, int count, boolean[] differs) {
        ByteRows old = new ByteRows();
        ByteRows fresh = new ByteRows();
        old.encodeValues(new Column[] {before}, count);
        fresh.encodeValues(new Column[] {after}, count);
        for (int i = 0; i < count; i++) {
            differs[i] |= !Arrays.equals(
                    old.bytes(),
                    old.starts()[i],
                    old.starts()[i] + old.lengths()[i],
                    fresh.bytes(),
                    fresh.starts()[i],
                    fresh.starts()[i] + fresh.lengths()[i]);
        }
    }
}
