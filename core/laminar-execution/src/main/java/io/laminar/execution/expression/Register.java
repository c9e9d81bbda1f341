package io.laminar.execution.expression;

import io.laminar.spi.type.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where generated code holds the value of an expression for the current row.
 *
 * @param isNull a Java expression without side effects: {@code false}, {@code true} or a variable
 * @param parts Java expressions without side effects: one for primitives, high and low word for 128-bit decimals, array,
 *     offset and length for bytes, an Object in the form of {@link io.laminar.spi.batch.Values} for nested types
 * @param origin the column and row a nested value lies in, as long as it has not been made an Object
 */
record Register(
        DataType type,
        String isNull,
        List<String> parts,
        @Nullable Origin origin) {
    static final String NEVER = "false";
    static final String ALWAYS = "true";

    /** @param column a variable of type Column */
    record Origin(String column, String row) {}

    Register(DataType type, String isNull, List<String> parts) {
        this(type, isNull, parts, null);
    }

    static Register of(DataType type, String isNull, String value) {
        return new Register(type, isNull, List.of(value), null);
    }

    String value() {
        return parts.get(0);
    }

    String part(int index) {
        return parts.get(index);
    }

    boolean neverNull() {
        return isNull.equals(NEVER);
    }

    boolean alwaysNull() {
        return isNull.equals(ALWAYS);
    }

    /** The parts as arguments of a call. */
    String arguments() {
        return String.join(", ", parts);
    }
}
