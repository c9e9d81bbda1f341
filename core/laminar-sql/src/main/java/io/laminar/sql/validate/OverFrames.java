package io.laminar.sql.validate;

import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFrame.Bound;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import java.math.BigDecimal;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlWindow;
import org.jspecify.annotations.Nullable;

/** Reads ROWS and RANGE. */
final class OverFrames {

    private OverFrames() {}

    /** @param intervals whether distances are intervals, in microseconds, rather than numbers */
    record Frame(OverFrame frame, boolean intervals) {}

    static Frame of(SqlWindow window, ExpressionRewriter expressions) {
        refuseExclusion(window);
        SqlNode lower = window.getLowerBound();
        if (lower == null) {
            return new Frame(OverFrame.DEFAULT, false);
        }
        OverFrame.Unit unit = window.isRows() ? OverFrame.Unit.ROWS : OverFrame.Unit.RANGE;
        SqlNode upper = window.getUpperBound();
        Reader reader = new Reader(unit, expressions);
        Bound start = reader.bound(lower);
        Bound end = upper == null ? new OverFrame.Current() : reader.bound(upper);
        if (start instanceof OverFrame.Last || end instanceof OverFrame.First || behind(start, end)) {
            throw new LaminarException(
                    ErrorCode.INVALID_QUERY,
                    "the frame ends before it starts",
                    Places.of(window),
                    "write the earlier bound first: BETWEEN 2 PRECEDING AND CURRENT ROW",
                    null);
        }
        return new Frame(new OverFrame(unit, start, end), reader.intervals);
    }

    private static void refuseExclusion(SqlWindow window) {
        SqlLiteral exclude = window.getExclude();
        boolean excludes = exclude != null && !"EXCLUDE NO OTHER".equalsIgnoreCase(String.valueOf(exclude.getValue()));
        if (excludes) {
            throw ExpressionRewriter.unsupported(
                    window, "EXCLUDE", "subtract the row's own value: sum(x) OVER (...) - x");
        }
        if (!window.isAllowPartial()) {
            throw ExpressionRewriter.unsupported(
                    window, "DISALLOW PARTIAL", "CASE WHEN count(*) OVER w = n THEN ... END");
        }
    }

    private static boolean behind(Bound start, Bound end) {
        return position(start).compareTo(position(end)) > 0
                && !(start instanceof OverFrame.First)
                && !(end instanceof OverFrame.Last);
    }

    private static BigDecimal position(Bound bound) {
        return bound instanceof OverFrame.Offset offset ? offset.distance() : BigDecimal.ZERO;
    }

    /** Reads bounds. */
    private static final class Reader {
        private final OverFrame.Unit unit;
        private final ExpressionRewriter expressions;
        private boolean intervals;

        Reader(OverFrame.Unit unit, ExpressionRewriter expressions) {
            this.unit = unit;
            this.expressions = expressions;
        }

        Bound bound(SqlNode node) {
            if (SqlWindow.isCurrentRow(node)) {
                return new OverFrame.Current();
            } else if (SqlWindow.isUnboundedPreceding(node)) {
                return new OverFrame.First();
            } else if (SqlWindow.isUnboundedFollowing(node)) {
                return new OverFrame.Last();
            }
            SqlCall call = (SqlCall) node;
            BigDecimal distance = distance(call.operand(0));
            if (distance == null || distance.signum() < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_QUERY,
                        unit == OverFrame.Unit.ROWS
                                ? "ROWS counts rows: a whole number that is not negative"
                                : "RANGE measures: a number or an interval that is constant and not negative",
                        Places.of(node),
                        unit == OverFrame.Unit.ROWS ? "ROWS 10 PRECEDING" : "RANGE INTERVAL '1 hour' PRECEDING",
                        null);
            }
            if (distance.signum() == 0 && unit == OverFrame.Unit.ROWS) {
                return new OverFrame.Current();
            }
            return new OverFrame.Offset(call.getKind() == SqlKind.PRECEDING ? distance.negate() : distance);
        }

        private @Nullable BigDecimal distance(SqlNode given) {
            SqlNode node = expressions.rewrite(given);
            if (node instanceof SqlNumericLiteral number) {
                BigDecimal value = number.getValueAs(BigDecimal.class);
                boolean whole = value.stripTrailingZeros().scale() <= 0;
                return unit == OverFrame.Unit.ROWS && !whole ? null : value;
            }
            Literals.Span span = Literals.span(node);
            if (span == null || span.isMonths() || unit == OverFrame.Unit.ROWS) {
                return null;
            }
            intervals = true;
            return BigDecimal.valueOf(span.amount());
        }
    }
}
