package io.laminar.execution.relational;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import java.util.List;

/** Columns of NULLs, kept for batches of the same size. */
final class NullColumns {
    private final List<DataType> types;
    private final Column[] columns;

    NullColumns(List<DataType> types) {
        this.types = types;
        this.columns = types.stream().map(type -> of(type, 0)).toArray(Column[]::new);
    }

    /** A column of the type at a position. */
    Column column(int position, int rows) {
        if (columns[position].size() != rows) {
            columns[position] = of(types.get(position), rows);
        }
        return columns[position];
    }

    private static Column of(DataType type, int rows) {
        return Values.constant(type, null).gather(new int[rows], rows);
    }
}
