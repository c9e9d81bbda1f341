package io.laminar.execution.function;

import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Values, in the form of {@link io.laminar.spi.batch.Values}, as the text a cast to TEXT gives: {@code [1, NULL]} for
 * arrays, <code>{'a': 1, 'b': x}</code> for structs, {@code {k=v}} for maps, as DuckDB writes them.
 */
public final class ValueText {

    private ValueText() {}

    /** The text of a value; {@code NULL} for null. */
    public static String of(DataType type, @Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (type instanceof Decimal decimal) {
            return ((BigDecimal) value).setScale(decimal.scale()).toPlainString();
        }
        return type instanceof Scalar scalar ? scalar(scalar, value) : nested(type, value);
    }

    private static String nested(DataType type, Object value) {
        if (type instanceof ListType list) {
            StringJoiner out = new StringJoiner(", ", "[", "]");
            ((List<?>) value).forEach(e -> out.add(of(list.element(), e)));
            return out.toString();
        }
        StringJoiner out = new StringJoiner(", ", "{", "}");
        if (type instanceof MapType map) {
            ((Map<?, ?>) value).forEach((k, v) -> out.add(of(map.key(), k) + "=" + of(map.value(), v)));
        } else {
            List<Field> fields = ((StructType) type).fields();
            List<?> members = (List<?>) value;
            for (int i = 0; i < members.size(); i++) {
                out.add("'" + fields.get(i).name() + "': " + of(fields.get(i).type(), members.get(i)));
            }
        }
        return out.toString();
    }

    private static String scalar(Scalar scalar, Object value) {
        if (value instanceof byte[] bytes) {
            byte[] out = new byte[2 + 2 * bytes.length];
            return ascii(out, ScalarText.formatHex(bytes, 0, bytes.length, out, 0));
        }
        byte[] out = new byte[IntervalText.MAX_LENGTH];
        return switch (scalar) {
            case FLOAT -> ascii(out, NumberText.formatFloat((Double) value, out, 0));
            case DOUBLE -> ascii(out, NumberText.formatDouble((Double) value, out, 0));
            case DATE -> ascii(out, TemporalText.formatDate((Integer) value, out, 0));
            case TIME -> ascii(out, TemporalText.formatTime((Long) value, out, 0));
            case TIMESTAMP -> ascii(out, TemporalText.formatTimestamp((Long) value, out, 0));
            case TIMESTAMPTZ -> ascii(out, TemporalText.formatTimestampTz((Long) value, out, 0));
            case INTERVAL -> ascii(out, IntervalText.formatMicros((Long) value, out, 0));
            case INTERVAL_MONTHS -> ascii(out, IntervalText.formatMonths((Long) value, out, 0));
            default -> value.toString();
        };
    }

    private static String ascii(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
