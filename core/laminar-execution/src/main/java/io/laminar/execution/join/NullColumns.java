package io.laminar.execution.join;

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
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.StructType;
import java.util.Arrays;

/** Columns in which every value is NULL, for the side of a join that has no row. Their arrays are shared by all rows. */
final class NullColumns {
    private static final byte[] NONE = new byte[0];

    private boolean[] nulls = new boolean[0];
    private boolean[] booleans = nulls;
    private int[] ints = new int[0];
    private long[] longs = new long[0];
    private double[] doubles = new double[0];

    /** A column of a type with {@code count} NULLs. */
    Column of(DataType type, int count) {
        if (nulls.length < count) {
            nulls = new boolean[count];
            Arrays.fill(nulls, true);
            booleans = new boolean[count];
            ints = new int[count];
            longs = new long[count];
            doubles = new double[count];
        }
        return switch (type.physical()) {
            case BOOLEAN -> new BooleanColumn(booleans, nulls, count);
            case INT -> new IntColumn(ints, nulls, count);
            case LONG -> new LongColumn(longs, nulls, count);
            case DOUBLE -> new DoubleColumn(doubles, nulls, count);
            case DECIMAL -> new DecimalColumn(longs, longs, nulls, count);
            case BYTES -> new BytesColumn(NONE, ints, ints, nulls, count);
            case LIST -> new ListColumn(of(((ListType) type).element(), 0), ints, ints, nulls, count);
            case MAP -> {
                MapType map = (MapType) type;
                yield new MapColumn(of(map.key(), 0), of(map.value(), 0), ints, ints, nulls, count);
            }
            case STRUCT ->
                new StructColumn(
                        ((StructType) type)
                                .fields().stream()
                                        .map(field -> of(field.type(), count))
                                        .toList(),
                        nulls,
                        count);
        };
    }
}
