package io.laminar.plan.node;

import java.io.Serializable;
import java.util.List;

/** Which subtask of an operator gets a row. */
public sealed interface Distribution extends Serializable {

    /** Rows with equal values in these columns meet. With no columns all rows meet in one subtask. */
    record Keyed(List<Integer> columns) implements Distribution {
        public Keyed {
            columns = List.copyOf(columns);
        }
    }

    /** All rows go to the only subtask. */
    record Single() implements Distribution {}

    /** Every subtask gets every row. */
    record Broadcast() implements Distribution {}

    /** Any; evenly. */
    record Balanced() implements Distribution {}
}
