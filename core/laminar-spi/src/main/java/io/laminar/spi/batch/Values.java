package io.laminar.spi.batch;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Single values as Java objects, for literals, tests and places off the hot path: Boolean; Integer for TINYINT,
 * SMALLINT, INT and DATE; Long for BIGINT, the time types and intervals; Double for FLOAT and DOUBLE; BigDecimal (with
 * the type's scale) for DECIMAL; String for TEXT and JSON; byte[] for BYTES; List for arrays and structs; Map (in
 * order) for maps; null for NULL.
 */
public final class Values {

    private Values() {}

    /** The value of a row. */
    public static @Nullable Object read(DataType type, Column column, int row) {
        if (column.isNull(row) || type == Scalar.NULL) {
            return null;
        }
        return switch (type.physical()) {
            case BOOLEAN -> ((BooleanColumn) column).value(row);
            case INT -> ((IntColumn) column).value(row);
            case LONG -> {
                long value = ((LongColumn) column).value(row);
                yield type instanceof DataType.Decimal decimal
                        ? BigDecimal.valueOf(value, decimal.scale())
                        : (Object) value;
            }
            case DOUBLE -> ((DoubleColumn) column).value(row);
            case DECIMAL -> {
                DecimalColumn decimals = (DecimalColumn) column;
                Int128 value = new Int128();
                value.set(decimals.high()[row], decimals.low()[row]);
                yield new BigDecimal(value.toBigInteger(), ((DataType.Decimal) type).scale());
            }
            case BYTES -> {
                BytesColumn bytes = (BytesColumn) column;
                yield type == Scalar.BYTES ? (Object) bytes.value(row) : bytes.text(row);
            }
            case LIST -> list((DataType.ListType) type, (ListColumn) column, row);
            case MAP -> map((DataType.MapType) type, (MapColumn) column, row);
            case STRUCT -> struct((DataType.StructType) type, (StructColumn) column, row);
        };
    }

    private static List<@Nullable Object> list(DataType.ListType type, ListColumn lists, int row) {
        List<@Nullable Object> list = new ArrayList<>(lists.lengths()[row]);
        for (int i = 0; i < lists.lengths()[row]; i++) {
            list.add(read(type.element(), lists.elements(), lists.starts()[row] + i));
        }
        return list;
    }

    private static Map<@Nullable Object, @Nullable Object> map(DataType.MapType type, MapColumn maps, int row) {
        Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = 0; i < maps.lengths()[row]; i++) {
            int entry = maps.starts()[row] + i;
            entries.put(read(type.key(), maps.keys(), entry), read(type.value(), maps.values(), entry));
        }
        return entries;
    }

    private static List<@Nullable Object> struct(DataType.StructType type, StructColumn structs, int row) {
        List<@Nullable Object> members = new ArrayList<>(structs.members().size());
        for (int i = 0; i < structs.members().size(); i++) {
            members.add(read(type.fields().get(i).type(), structs.member(i), row));
        }
        return members;
    }

    /** Appends a value given in the form that {@link #read} returns. */
    public static void append(DataType type, ColumnBuilder builder, @Nullable Object value) {
        if (value == null) {
            builder.appendNull();
            return;
        }
        switch (type.physical()) {
            case BOOLEAN -> ((BooleanBuilder) builder).append((Boolean) value);
            case INT -> ((IntBuilder) builder).append(((Number) value).intValue());
            case LONG ->
                ((LongBuilder) builder)
                        .append(
                                type instanceof DataType.Decimal decimal
                                        ? unscaled(value, decimal).longValueExact()
                                        : ((Number) value).longValue());
            case DOUBLE -> ((DoubleBuilder) builder).append(((Number) value).doubleValue());
            case DECIMAL -> {
                BigInteger unscaled = unscaled(value, (DataType.Decimal) type);
                ((DecimalBuilder) builder).append(unscaled.shiftRight(64).longValue(), unscaled.longValue());
            }
            case BYTES -> {
                byte[] bytes =
                        value instanceof byte[] raw ? raw : value.toString().getBytes(StandardCharsets.UTF_8);
                ((BytesBuilder) builder).append(bytes, 0, bytes.length);
            }
            case LIST -> {
                ListBuilder lists = (ListBuilder) builder;
                for (Object element : (List<?>) value) {
                    append(((DataType.ListType) type).element(), lists.elements(), element);
                }
                lists.endList();
            }
            case MAP -> {
                DataType.MapType map = (DataType.MapType) type;
                MapBuilder maps = (MapBuilder) builder;
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    append(map.key(), maps.keys(), entry.getKey());
                    append(map.value(), maps.values(), entry.getValue());
                }
                maps.endMap();
            }
            case STRUCT -> {
                DataType.StructType struct = (DataType.StructType) type;
                StructBuilder structs = (StructBuilder) builder;
                List<?> members = (List<?>) value;
                for (int i = 0; i < structs.width(); i++) {
                    append(struct.fields().get(i).type(), structs.member(i), members.get(i));
                }
                structs.endStruct();
            }
        }
    }

    /** A column of one row. */
    public static Column constant(DataType type, @Nullable Object value) {
        ColumnBuilder builder = ColumnBuilder.of(type, 1);
        append(type, builder, value);
        return builder.build();
    }

    private static BigInteger unscaled(Object value, DataType.Decimal type) {
        BigDecimal decimal = value instanceof BigDecimal exact
                ? exact
                : new BigDecimal(Objects.requireNonNull(value).toString());
        return decimal.setScale(type.scale()).unscaledValue();
    }
}
