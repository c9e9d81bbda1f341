package io.laminar.sqltests.oracle;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a result in no order. Whole numbers and decimals are compared exactly, doubles with a relative tolerance of
 * 1e-9, since the order of additions differs between engines.
 */
final class ResultRows {

    private static final double TOLERANCE = 1e-9;
    private static final MathContext COARSE = new MathContext(6);

    private final List<List<@Nullable Object>> rows;

    ResultRows(List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> sorted = new ArrayList<>();
        rows.forEach(row -> sorted.add(normal(row)));
        sorted.sort((a, b) -> sortText(a).compareTo(sortText(b)));
        this.rows = sorted;
    }

    private static List<@Nullable Object> normal(List<@Nullable Object> row) {
        List<@Nullable Object> normal = new ArrayList<>();
        for (Object value : row) {
            normal.add(normal(value));
        }
        return normal;
    }

    private static @Nullable Object normal(@Nullable Object value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long) {
            return exact(BigDecimal.valueOf(((Number) value).longValue()));
        } else if (value instanceof BigInteger big) {
            return exact(new BigDecimal(big));
        } else if (value instanceof BigDecimal decimal) {
            return exact(decimal);
        } else if (value instanceof Float single) {
            return single.doubleValue();
        } else if (value instanceof List<?> values) {
            List<@Nullable Object> elements = new ArrayList<>();
            values.forEach(element -> elements.add(normal(element)));
            return elements;
        }
        return value;
    }

    private static BigDecimal exact(BigDecimal value) {
        return value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
    }

    private static String sortText(List<@Nullable Object> row) {
        StringBuilder out = new StringBuilder();
        for (Object value : row) {
            boolean finite = value instanceof Double number && !number.isNaN() && !number.isInfinite();
            out.append(finite ? new BigDecimal((Double) value).round(COARSE).toString() : String.valueOf(value))
                    .append('|');
        }
        return out.toString();
    }

    /** What differs first; empty if nothing does. */
    String difference(ResultRows expected) {
        if (rows.size() != expected.rows.size()) {
            return rows.size() + " rows instead of " + expected.rows.size() + "\n  " + sample() + "\n  instead of\n  "
                    + expected.sample();
        }
        for (int i = 0; i < rows.size(); i++) {
            List<@Nullable Object> actual = rows.get(i);
            for (int c = 0; c < actual.size(); c++) {
                if (!same(actual.get(c), expected.rows.get(i).get(c))) {
                    return "row " + actual + " instead of " + expected.rows.get(i);
                }
            }
        }
        return "";
    }

    private String sample() {
        return rows.subList(0, Math.min(5, rows.size())).toString();
    }

    private static boolean same(@Nullable Object actual, @Nullable Object expected) {
        if (actual == null || expected == null) {
            return actual == expected;
        }
        if (actual instanceof Double || expected instanceof Double) {
            double a = ((Number) actual).doubleValue();
            double b = ((Number) expected).doubleValue();
            return a == b
                    || (Double.isNaN(a) && Double.isNaN(b))
                    || Math.abs(a - b) <= TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
        }
        return actual.equals(expected);
    }

    int size() {
        return rows.size();
    }
}
