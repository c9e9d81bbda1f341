package io.laminar.execution.function;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The order of values of one type in the form of {@link io.laminar.spi.batch.Values}: text by code point, -0.0 equal to
 * 0.0, NaN above all numbers, NULL last and equal to NULL.
 */
final class ValueOrder implements Comparator<@Nullable Object> {
    static final ValueOrder ASCENDING = new ValueOrder();

    private ValueOrder() {}

    static boolean same(@Nullable Object left, @Nullable Object right) {
        return ASCENDING.compare(left, right) == 0;
    }

    @Override
    public int compare(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return left == right ? 0 : left == null ? 1 : -1;
        }
        if (left instanceof Double a) {
            // Adding zero turns -0.0 into 0.0.
            return Double.compare(a + 0.0, (Double) right + 0.0);
        }
        if (left instanceof String a) {
            return compareText(a, (String) right);
        }
        if (left instanceof Long a) {
            return a.compareTo((Long) right);
        }
        if (left instanceof Integer a) {
            return a.compareTo((Integer) right);
        }
        if (left instanceof Boolean a) {
            return a.compareTo((Boolean) right);
        }
        if (left instanceof BigDecimal a) {
            return a.compareTo((BigDecimal) right);
        }
        if (left instanceof byte[] a) {
            return Arrays.compareUnsigned(a, (byte[]) right);
        }
        if (left instanceof List<?> a) {
            return compareLists(a, (List<?>) right);
        }
        return compareMaps((Map<?, ?>) left, (Map<?, ?>) right);
    }

    /** UTF-16 sorts surrogates below the last 8192 characters of the basic plane; code points are above them. */
    private static int compareText(String left, String right) {
        int length = Math.min(left.length(), right.length());
        for (int i = 0; i < length; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                boolean surrogates = Character.isSurrogate(a) != Character.isSurrogate(b);
                return surrogates ? (Character.isSurrogate(a) ? 1 : -1) : Character.compare(a, b);
            }
        }
        return Integer.compare(left.length(), right.length());
    }

    private int compareLists(List<?> left, List<?> right) {
        Iterator<?> others = right.iterator();
        for (Object value : left) {
            if (!others.hasNext()) {
                return 1;
            }
            int order = compare(value, others.next());
            if (order != 0) {
                return order;
            }
        }
        return others.hasNext() ? -1 : 0;
    }

    /** Maps have no order of their own; equal ones are equal whatever the order of their entries. */
    private int compareMaps(Map<?, ?> left, Map<?, ?> right) {
        return compareLists(entries(left), entries(right));
    }

    private List<?> entries(Map<?, ?> map) {
        return map.entrySet().stream()
                .map(entry -> Arrays.<@Nullable Object>asList(entry.getKey(), entry.getValue()))
                .sorted(this::compareLists)
                .toList();
    }
}
