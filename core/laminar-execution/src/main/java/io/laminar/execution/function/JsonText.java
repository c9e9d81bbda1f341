package io.laminar.execution.function;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** SQL values, in the form of {@link io.laminar.spi.batch.Values}, as JSON without blanks. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    static String of(DataType type, @Nullable Object value) {
        StringBuilder out = new StringBuilder();
        append(out, type, value);
        return out.toString();
    }

    /** NaN and the infinities, which JSON has no numbers for, become null; dates and bytes become strings. */
    static void append(StringBuilder out, DataType type, @Nullable Object value) {
        if (value == null) {
            out.append("null");
        } else if (type instanceof ListType list) {
            appendList(out, list.element(), (List<?>) value);
        } else if (type instanceof MapType map) {
            appendMap(out, map, (Map<?, ?>) value);
        } else if (type instanceof StructType struct) {
            appendStruct(out, struct, (List<?>) value);
        } else if (type == Scalar.JSON) {
            out.append(value);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            out.append("null");
        } else if (value instanceof byte[] bytes) {
            quote(out, Base64.getEncoder().encodeToString(bytes));
        } else if (isBare(type)) {
            out.append(ValueText.of(type, value));
        } else {
            quote(out, ValueText.of(type, value));
        }
    }

    private static boolean isBare(DataType type) {
        return type instanceof Decimal
                || type == Scalar.BOOLEAN
                || TypeWidening.isInteger(type)
                || TypeWidening.isFloating(type);
    }

    private static void appendList(StringBuilder out, DataType element, List<?> list) {
        out.append('[');
        for (int i = 0; i < list.size(); i++) {
            comma(out, i);
            append(out, element, list.get(i));
        }
        out.append(']');
    }

    private static void appendMap(StringBuilder out, MapType type, Map<?, ?> map) {
        out.append('{');
        int i = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            comma(out, i++);
            Object key = entry.getKey();
            quote(out, key == null ? "null" : ValueText.of(type.key(), key));
            out.append(':');
            append(out, type.value(), entry.getValue());
        }
        out.append('}');
    }

    private static void appendStruct(StringBuilder out, StructType type, List<?> members) {
        out.append('{');
        for (int i = 0; i < members.size(); i++) {
            comma(out, i);
            quote(out, type.fields().get(i).name());
            out.append(':');
            append(out, type.fields().get(i).type(), members.get(i));
        }
        out.append('}');
    }

    private static void comma(StringBuilder out, int index) {
        if (index > 0) {
            out.append(',');
        }
    }

    /** Appends a string in quotes, with escapes only where JSON demands them. */
    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
