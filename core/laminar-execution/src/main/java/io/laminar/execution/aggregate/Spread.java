package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.type.DataType;
import java.util.function.IntPredicate;

/** Puts NULLs between the values of a column. */
final class Spread {

    private Spread() {}

    /** A column of {@code count} rows: where {@code present}, the next value of {@code values}; NULL elsewhere. */
    static Column spread(DataType type, Column values, IntPredicate present, int count) {
        ColumnBuilder builder = ColumnBuilder.of(type, count);
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (present.test(i)) {
                builder.appendFrom(values, next++);
            } else {
                builder.appendNull();
            }
        }
        return builder.build();
    }
}
