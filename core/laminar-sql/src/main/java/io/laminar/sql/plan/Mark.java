package io.laminar.sql.plan;

import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.error.Place;

/** What the planner knows of a column's meaning in time. */
sealed interface Mark {

    /** The column holds the event time of its row. */
    record Rowtime() implements Mark {}

    /** The column holds the machine's clock. */
    record ProcessingTime() implements Mark {}

    /**
     * The column holds a window of its row, or a part of it.
     *
     * @param assigned whether rows are in windows already; otherwise grouping has to put them there, and the column has
     *     no values yet
     * @param place where the window function is called; of no importance for what the column means
     */
    record Window(String function, WindowSpec spec, TimeDomain time, Part part, boolean assigned, Place.Sql place)
            implements Mark {

        Window part(Part other) {
            return new Window(function, spec, time, other, assigned, place);
        }

        Window assign() {
            return new Window(function, spec, time, part, true, place);
        }

        boolean sameWindow(Window other) {
            return spec.equals(other.spec) && time == other.time && assigned == other.assigned;
        }
    }

    /**
     * The window of a row of a FULL join, or NULL where the row has nothing from this side.
     *
     * @param join tells the columns of one join from those of another: of both sides at least one is not NULL
     */
    record HalfWindow(Window window, PlanNode join, boolean left) implements Mark {}

    /** Which part of a window. */
    enum Part {
        STRUCT,
        START,
        END,
        /** Its end less one microsecond. */
        TIME
    }
}
