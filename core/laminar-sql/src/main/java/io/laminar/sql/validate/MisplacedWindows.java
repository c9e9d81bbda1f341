package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.function.WindowOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/** Refuses windows in conditions on rows that are not grouped by them. */
final class MisplacedWindows extends SqlBasicVisitor<@Nullable Void> {
    @Override
    public @Nullable Void visit(SqlCall call) {
        if (call.getOperator() instanceof WindowOperator window) {
            throw new LaminarException(
                    ErrorCode.MISPLACED_WINDOW,
                    window.function() + " cannot stand here: rows are put into windows by GROUP BY, after WHERE",
                    window.place(),
                    "filter windows in HAVING, or around a query that groups by the window",
                    null);
        }
        return super.visit(call);
    }
}
