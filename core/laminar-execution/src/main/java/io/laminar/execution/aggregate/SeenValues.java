package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Column;
import org.jspecify.annotations.Nullable;

/** For many groups, the different values that each has, and for each value which of up to 32 calls have seen it. */
sealed interface SeenValues permits SeenLongs, SeenRows {

    void reserve(int groups);

    /**
     * Shows values to calls, or takes them back.
     *
     * @param values columns; the value at position {@code i} is in row {@code rows[i]}
     * @param calls at position {@code i}: a bit for each call that sees the value
     * @param amounts for each call and row how often it sees the value; null for once
     * @param add whether values are added
     * @param change is told where values were new to calls, or have gone for them
     */
    void change(
            Column[] values,
            int[] rows,
            int[] groups,
            int[] calls,
            long @Nullable [][] amounts,
            int count,
            boolean add,
            SeenChange change);

    /**
     * The values of some groups, group after group. Within one they are in order of arrival if a call can tell.
     *
     * @param calls a bit for each call that has seen the value
     * @param amounts for each call how often it has; null where that is not counted
     */
    record Contents(Column[] values, int[] calls, long @Nullable [][] amounts, int[] starts, int[] lengths, int count) {

        /** For each value its group, of those asked for. */
        int[] groups(int[] asked) {
            int[] groups = new int[count];
            for (int i = 0; i < starts.length; i++) {
                java.util.Arrays.fill(groups, starts[i], starts[i] + lengths[i], asked[i]);
            }
            return groups;
        }
    }

    Contents contents(int[] groups, int count);

    /** As {@link #contents}, where many groups may be asked for, some at a time, before the next change. */
    default Contents saved(int[] groups, int count) {
        return contents(groups, count);
    }

    void clear(int[] groups, int count);

    void clearAll(int limit);

    /** Heap that the values take, nearly. */
    long bytes();
}
