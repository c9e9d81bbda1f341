package io.laminar.execution.key;

import java.util.Arrays;

/** Row numbers in ascending order, for where all rows are meant. */
public final class Rows {
    private static volatile int[] ascending = ascending(4096);

    private Rows() {}

    /** An array that starts with 0, 1, ..., {@code count - 1}; shared, not to be written. */
    public static int[] first(int count) {
        int[] rows = ascending;
        if (rows.length < count) {
            rows = ascending(Math.max(count, rows.length + (rows.length >> 1)));
            if (rows.length <= 1 << 20) {
                ascending = rows;
            }
        }
        return rows;
    }

    private static int[] ascending(int count) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        return rows;
    }
}
