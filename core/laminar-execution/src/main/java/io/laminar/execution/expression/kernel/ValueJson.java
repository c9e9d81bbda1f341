package io.laminar.execution.expression.kernel;

import io.laminar.execution.function.ValueText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Single values as the JSON that a cast gives. */
public final class ValueJson {

    private ValueJson() {}

    /** A value as JSON: numbers and truth values plain, JSON as it is, everything else scalar as a string. */
    public static String json(DataType type, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        if (type instanceof ListType list) {
            StringJoiner out = new StringJoiner(",", "[", "]");
            ((List<?>) value).forEach(e -> out.add(json(list.element(), e)));
            return out.toString();
        }
        if (type instanceof MapType map) {
            StringJoiner out = new StringJoiner(",", "{", "}");
            ((Map<?, ?>) value)
                    .forEach((k, v) -> out.add(quoted(ValueText.of(map.key(), k)) + ":" + json(map.value(), v)));
            return out.toString();
        }
        if (type instanceof StructType struct) {
            StringJoiner out = new StringJoiner(",", "{", "}");
            List<?> members = (List<?>) value;
            for (int i = 0; i < members.size(); i++) {
                var field = struct.fields().get(i);
                out.add(quoted(field.name()) + ":" + json(field.type(), members.get(i)));
            }
            return out.toString();
        }
        boolean finite = !(value instanceof Double real) || !(Double.isNaN(real) || Double.isInfinite(real));
        boolean plain = type == Scalar.JSON || type == Scalar.BOOLEAN || (TypeWidening.isNumeric(type) && finite);
        return plain ? ValueText.of(type, value) : quoted(ValueText.of(type, value));
    }

    /** A tree read from JSON as text again. */
    static String tree(@Nullable Object tree) {
        if (tree instanceof List<?> elements) {
            StringJoiner out = new StringJoiner(",", "[", "]");
            elements.forEach(e -> out.add(tree(e)));
            return out.toString();
        }
        if (tree instanceof Map<?, ?> members) {
            StringJoiner out = new StringJoiner(",", "{", "}");
            members.forEach((k, v) -> out.add(quoted(String.valueOf(k)) + ":" + tree(v)));
            return out.toString();
        }
        if (!(tree instanceof JsonTree.Text scalar)) {
            return "null";
        }
        return scalar.string() ? quoted(scalar.text()) : scalar.text();
    }

    /** A JSON string. */
    public static String quoted(String text) {
        StringBuilder out = new StringBuilder(text.length() + 2).append('"');
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
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
