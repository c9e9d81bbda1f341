package io.laminar.benchmark;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a query comes to in the end: each row with the number of times it was added less the number of times it was taken
 * back. Shared by all subtasks of the one job that runs. Kept only when asked for: it costs far more than the queries.
 */
public final class ResultRows {
    /** Sums of doubles may differ in the last digits by the order of their terms. */
    private static final MathContext DOUBLE_DIGITS = new MathContext(12);

    private static final Map<String, Integer> ROWS = new ConcurrentHashMap<>();
    private static volatile boolean kept;

    private ResultRows() {}

    /** Starts anew; rows are taken from now on. */
    public static void keep() {
        ROWS.clear();
        kept = true;
    }

    /** The rows that are left, with how often each is; no more are taken. */
    public static Map<String, Integer> take() {
        kept = false;
        Map<String, Integer> rows = new TreeMap<>(ROWS);
        ROWS.clear();
        return rows;
    }

    public static boolean isKept() {
        return kept;
    }

    /**
     * Adds a row or takes one back.
     *
     * @param row values joined in the order of the columns
     */
    public static void add(String row, boolean isRetraction) {
        ROWS.merge(row, isRetraction ? -1 : 1, (a, b) -> a + b == 0 ? null : a + b);
    }

    /** A value as text that is the same for equal values of different types. */
    public static String text(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof BigDecimal decimal) {
            return decimal.signum() == 0 ? "0" : decimal.stripTrailingZeros().toPlainString();
        }
        if (value instanceof Double number && Double.isFinite(number)) {
            return text(new BigDecimal(number).round(DOUBLE_DIGITS));
        }
        return value.toString();
    }
}
