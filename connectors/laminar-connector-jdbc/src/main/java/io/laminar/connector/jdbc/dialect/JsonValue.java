package io.laminar.connector.jdbc.dialect;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values, in the forms of {@link io.laminar.spi.batch.Values}, as JSON. */
final class JsonValue {

    private JsonValue() {}

    static void append(DataType type, @Nullable Object value, StringBuilder out) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof ListType list) {
            array(list, (List<?>) value, out);
        } else if (type instanceof MapType map) {
            object(map, (Map<?, ?>) value, out);
        } else if (type instanceof StructType struct) {
            object(struct, (List<?>) value, out);
        } else {
            scalar(type, value, out);
        }
    }

    private static void array(ListType type, List<?> values, StringBuilder out) {
        out.append('[');
        for (int i = 0; i < values.size(); i++) {
            out.append(i == 0 ? "" : ",");
            append(type.element(), values.get(i), out);
        }
        out.append(']');
    }

    private static void object(MapType type, Map<?, ?> entries, StringBuilder out) {
        out.append('{');
        String separator = "";
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            out.append(separator);
            Object key = entry.getKey();
            quote(key == null ? "null" : ScalarValue.text(type.key(), key), out);
            out.append(':');
            append(type.value(), entry.getValue(), out);
            separator = ",";
        }
        out.append('}');
    }

    private static void object(StructType type, List<?> members, StringBuilder out) {
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            out.append(i == 0 ? "" : ",");
            quote(type.fields().get(i).name(), out);
            out.append(':');
            append(type.fields().get(i).type(), members.get(i), out);
        }
        out.append('}');
    }

    private static void scalar(DataType type, Object value, StringBuilder out) {
        if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value instanceof BigDecimal
                || value instanceof Boolean
                || type == Scalar.JSON
                || (value instanceof Number && isNumber(type))) {
            out.append(ScalarValue.text(type, value));
        } else {
            quote(ScalarValue.text(type, value), out);
        }
    }

    private static boolean isNumber(DataType type) {
        return type instanceof Scalar scalar
                && switch (scalar) {
                    case TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE -> true;
                    default -> false;
                };
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u%04x".formatted((int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
