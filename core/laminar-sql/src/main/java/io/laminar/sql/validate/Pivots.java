package io.laminar.sql.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlUnpivot;

/** {@code PIVOT} and {@code UNPIVOT}: Calcite resolves them; aggregates become the dialect's. */
final class Pivots {

    private Pivots() {}

    /** @param from rewrites what is pivoted */
    static SqlNode rewrite(SqlPivot pivot, UnaryOperator<SqlNode> from, ExpressionRewriter expressions) {
        List<SqlNode> calls = new ArrayList<>();
        for (SqlNode call : pivot.aggList) {
            calls.add(expressions.rewrite(call));
        }
        return new SqlPivot(
                pivot.getParserPosition(),
                from.apply(pivot.query),
                new SqlNodeList(calls, pivot.aggList.getParserPosition()),
                pivot.axisList,
                pivot.inList);
    }

    static SqlNode rewrite(SqlUnpivot unpivot, UnaryOperator<SqlNode> from) {
        unpivot.setOperand(0, from.apply(unpivot.query));
        return unpivot;
    }
}
