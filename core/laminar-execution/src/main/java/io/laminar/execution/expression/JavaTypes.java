package io.laminar.execution.expression;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Physical;
import java.util.List;

/** How values of the physical types look in generated Java. */
final class JavaTypes {

    private JavaTypes() {}

    /** Types of the local variables a value is held in. */
    static List<String> of(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> List.of("boolean");
            case INT -> List.of("int");
            case LONG -> List.of("long");
            case DOUBLE -> List.of("double");
            case DECIMAL -> List.of("long", "long");
            case BYTES -> List.of("byte[]", "int", "int");
            case LIST, MAP, STRUCT -> List.of("Object");
        };
    }

    /** What such variables hold where the value is null. */
    static List<String> defaults(DataType type) {
        return switch (type.physical()) {
            case BOOLEAN -> List.of("false");
            case INT -> List.of("0");
            case LONG -> List.of("0L");
            case DOUBLE -> List.of("0.0D");
            case DECIMAL -> List.of("0L", "0L");
            case BYTES -> List.of(ConstantPool.ARENA, "0", "0");
            case LIST, MAP, STRUCT -> List.of("null");
        };
    }

    static boolean isNested(DataType type) {
        Physical physical = type.physical();
        return physical == Physical.LIST || physical == Physical.MAP || physical == Physical.STRUCT;
    }

    static String literal(int value) {
        return value < 0 ? "(" + value + ")" : String.valueOf(value);
    }

    static String literal(long value) {
        if (value == Long.MIN_VALUE) {
            return "Long.MIN_VALUE";
        }
        return value < 0 ? "(" + value + "L)" : value + "L";
    }

    static String literal(double value) {
        if (Double.isNaN(value)) {
            return "Double.NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "Double.POSITIVE_INFINITY" : "Double.NEGATIVE_INFINITY";
        }
        return "(" + value + "D)";
    }
}
