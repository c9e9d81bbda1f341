package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Groups whose rows come and go between results. Before result {@code i} the rows {@code left[leftEnds[i - 1] ..
 * leftEnds[i])} leave group {@code groups[i]}, and {@code entered[enteredEnds[i - 1] .. enteredEnds[i])} come into it.
 *
 * @param entered the rows that come, in order
 * @param left the rows that go, in order
 * @param count number of results
 */
public record Slide(Batch entered, int[] enteredEnds, Batch left, int[] leftEnds, int[] groups, int count) {

    /** Which rows of a batch a call counts; null for all. */
    static boolean @Nullable [] counted(AggregateCall call, Batch batch) {
        boolean[] counted = null;
        if (call.filter() != null) {
            BooleanColumn filter = (BooleanColumn) batch.column(call.filter());
            counted = Arrays.copyOf(filter.values(), batch.size());
            exclude(filter.nulls(), counted, batch.size());
        }
        if (!Accumulators.skipsNulls(call)) {
            return counted;
        }
        for (int argument : call.arguments()) {
            Column column = batch.column(argument);
            if (column.nulls() != null && counted == null) {
                counted = new boolean[batch.size()];
                Arrays.fill(counted, true);
            }
            if (counted != null) {
                exclude(column.nulls(), counted, batch.size());
            }
        }
        return counted;
    }

    private static void exclude(boolean @Nullable [] nulls, boolean[] counted, int count) {
        for (int i = 0; nulls != null && i < count; i++) {
            counted[i] &= !nulls[i];
        }
    }
}
