package io.laminar.sql.plan;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.OverFunction;
import java.util.Locale;
import org.apache.calcite.rex.RexOver;

/** What cannot be computed OVER rows, why, and what can be written instead. */
final class OverRefusals {
    private static final String WINDOW_OF_ROWS =
            "look at the rows of a window: group by a window first, then PARTITION BY that window; or end the sources";

    private OverRefusals() {}

    static LaminarException updating(RexOver call) {
        return refused(
                call,
                ErrorCode.UNSUPPORTED_SQL,
                " looks at rows that change, and every change would change the results of all rows around it",
                "group by a window, whose rows do not change; or keep the first rows: ROW_NUMBER() OVER (...) <= 10");
    }

    static LaminarException needsLast(RexOver call) {
        return refused(
                call,
                ErrorCode.UNSUPPORTED_SQL,
                " needs the last row of its partition, which never comes on a stream that does not end",
                "end the frame at a distance, as in ROWS BETWEEN CURRENT ROW AND 10 FOLLOWING; or " + WINDOW_OF_ROWS);
    }

    static LaminarException processingTime(RexOver call) {
        return refused(
                call,
                ErrorCode.UNSUPPORTED_SQL,
                " goes by PROCTIME(), so a restart would give other results",
                "order by the event time of the rows: ORDER BY the column of WATERMARK FOR, or row_time()");
    }

    static LaminarException notByTime(RexOver call) {
        return refused(
                call,
                ErrorCode.UNBOUNDED_SORT,
                " needs its rows in an order other than that of event time, and a source of this query does not end",
                "order by event time, ascending; or " + WINDOW_OF_ROWS);
    }

    static LaminarException noOrder(RexOver call) {
        return refused(
                call,
                ErrorCode.UNSUPPORTED_SQL,
                " has no ORDER BY, so that it needs all rows of its partition, and a source of this query does not end",
                "ORDER BY the event time of the rows for what has come so far; or " + WINDOW_OF_ROWS);
    }

    static LaminarException pendingWindow(RexOver call, Mark.Window window) {
        LaminarException refused = refused(
                call,
                ErrorCode.MISPLACED_WINDOW,
                " looks at the rows of windows, but " + window.function() + " has not put them there yet",
                "GROUP BY the window first, with what tells rows apart as further keys");
        return refused.at(window.place());
    }

    static LaminarException twiceAhead(RexOver call) {
        return refused(
                call,
                ErrorCode.UNSUPPORTED_SQL,
                " counts rows ahead, and so does another OVER with another partition: rows cannot wait for both in order",
                "put a distance in time into one of them: RANGE BETWEEN CURRENT ROW AND INTERVAL '1 minute' FOLLOWING");
    }

    static LaminarException oneSortKey(RexOver call) {
        return refused(
                call,
                ErrorCode.INVALID_QUERY,
                " measures RANGE by a distance, which needs exactly one sort key",
                "leave one key in ORDER BY, or count ROWS");
    }

    static LaminarException distance(RexOver call, String type, String instead) {
        return refused(
                call,
                ErrorCode.TYPE_MISMATCH,
                " cannot measure this distance by a sort key of type " + type,
                "write " + instead);
    }

    static String name(RexOver call) {
        return call.getAggOperator() instanceof OverFunction function
                ? function.details().name()
                : call.getAggOperator().getName().toLowerCase(Locale.ROOT);
    }

    private static LaminarException refused(RexOver call, ErrorCode code, String why, String hint) {
        LaminarException refused = new LaminarException(code, name(call) + " OVER" + why, hint);
        return call.getAggOperator() instanceof OverFunction function ? refused.at(function.place()) : refused;
    }
}
