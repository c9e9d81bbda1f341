package io.laminar.execution.relational;

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
import org.jspecify.annotations.Nullable;

/** Columns with NULL put over some of their values. */
final class MaskedColumns {

    private MaskedColumns() {}

    /** The column, but NULL where {@code masked} is true. */
    static Column of(Column column, boolean[] masked) {
        int size = column.size();
        boolean[] nulls = union(column.nulls(), masked, size);
        if (column instanceof LongColumn longs) {
            return new LongColumn(longs.values(), nulls, size);
        } else if (column instanceof IntColumn ints) {
            return new IntColumn(ints.values(), nulls, size);
        } else if (column instanceof DoubleColumn doubles) {
            return new DoubleColumn(doubles.values(), nulls, size);
        } else if (column instanceof BooleanColumn booleans) {
            return new BooleanColumn(booleans.values(), nulls, size);
        } else if (column instanceof BytesColumn bytes) {
            return new BytesColumn(bytes.arena(), bytes.starts(), bytes.lengths(), nulls, size);
        } else if (column instanceof DecimalColumn decimals) {
            return new DecimalColumn(decimals.high(), decimals.low(), nulls, size);
        } else if (column instanceof ListColumn lists) {
            return new ListColumn(lists.elements(), lists.starts(), lists.lengths(), nulls, size);
        } else if (column instanceof MapColumn maps) {
            return new MapColumn(maps.keys(), maps.values(), maps.starts(), maps.lengths(), nulls, size);
        }
        StructColumn structs = (StructColumn) column;
        return new StructColumn(
                structs.members().stream().map(member -> of(member, masked)).toList(), nulls, size);
    }

    private static boolean[] union(boolean @Nullable [] nulls, boolean[] masked, int size) {
        if (nulls == null) {
            return masked;
        }
        boolean[] union = new boolean[size];
        for (int i = 0; i < size; i++) {
            union[i] = nulls[i] || masked[i];
        }
        return union;
    }
}
