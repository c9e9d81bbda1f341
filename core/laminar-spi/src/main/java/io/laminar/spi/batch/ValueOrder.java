package io.laminar.spi.batch;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The order of single values in the form of {@link Values}: the one in which expressions compare. */
public final class ValueOrder {

    private ValueOrder() {}

    /**
     * Compares two values of one type that has an order: numbers, times, intervals, texts (by code point; as strings or as
     * their UTF-8), booleans. NaN equals NaN and is the greatest number; 0.0 equals -0.0.
     *
     * @throws IllegalArgumentException for values that have none
     */
    public static int compare(Object first, Object second) {
        if (first instanceof Double left && second instanceof Double right) {
            double a = left;
            double b = right;
            return a == b ? 0 : Double.compare(a, b);
        }
        if (first instanceof BigDecimal left && second instanceof BigDecimal right) {
            return left.compareTo(right);
        }
        if (first instanceof Boolean left && second instanceof Boolean right) {
            return left.compareTo(right);
        }
        if (isWhole(first) && isWhole(second)) {
            return Long.compare(((Number) first).longValue(), ((Number) second).longValue());
        }
        if (isText(first) && isText(second)) {
            return Arrays.compareUnsigned(utf8(first), utf8(second));
        }
        throw new IllegalArgumentException(
                first.getClass().getSimpleName() + " and " + second.getClass().getSimpleName() + " have no order");
    }

    private static boolean isWhole(Object value) {
        return value instanceof Long || value instanceof Integer;
    }

    private static boolean isText(Object value) {
        return value instanceof String || value instanceof byte[];
    }

    /** The order of UTF-16, which strings have, is another one. */
    private static byte[] utf8(Object text) {
        return text instanceof byte[] bytes ? bytes : ((String) text).getBytes(StandardCharsets.UTF_8);
    }
}
