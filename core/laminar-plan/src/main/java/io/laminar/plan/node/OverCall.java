package io.laminar.plan.node;

import java.io.Serializable;

/**
 * One function over the rows of an {@link OverNode}.
 *
 * @param call the aggregate; otherwise name and type of the function, and for values the column, followed by the column
 *     (of the row itself) that stands in where the frame has no such row, if there is one
 * @param frame of no meaning for ranks
 * @param ignoreNulls whether only rows with a value count
 * @param number which row of the frame; how many tiles
 */
public record OverCall(OverFunction function, AggregateCall call, OverFrame frame, boolean ignoreNulls, long number)
        implements Serializable {

    /** Whether a row's result can only be known when its partition is complete. */
    public boolean needsLast() {
        return function.needsLast() || (function.hasFrame() && frame.needsLast());
    }

    public OverCall withCall(AggregateCall other) {
        return new OverCall(function, other, frame, ignoreNulls, number);
    }
}
