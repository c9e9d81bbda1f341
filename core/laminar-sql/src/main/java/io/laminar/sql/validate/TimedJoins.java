package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.MatchOperator;
import io.laminar.sql.function.SystemTimeOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSnapshot;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Joins {@code FOR SYSTEM_TIME AS OF} and ASOF joins as plain joins with one more term in the condition, so that names
 * and types in it are resolved like all others. Calcite's own rules for them ask for more than Laminar needs.
 */
final class TimedJoins {
    private final UnaryOperator<SqlNode> expressions;

    /** @param expressions rewrites an expression */
    TimedJoins(UnaryOperator<SqlNode> expressions) {
        this.expressions = expressions;
    }

    /**
     * Rewrites a join.
     *
     * @param plain rewrites joins of the usual kinds
     */
    SqlNode rewrite(SqlJoin join, Function<SqlJoin, SqlNode> plain) {
        SqlNode term = null;
        SqlNode right = join.getRight();
        SqlSnapshot snapshot = snapshot(right);
        if (snapshot != null) {
            refuseWithoutOn(join, "FOR SYSTEM_TIME AS OF");
            term = new SystemTimeOperator(Places.of(snapshot))
                    .call(snapshot.getParserPosition(), expressions.apply(snapshot.getPeriod()));
            right = withoutSnapshot(right, snapshot);
        }
        if (join instanceof SqlAsofJoin asof) {
            SqlNode match = asof.getMatchCondition();
            if (term != null) {
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_JOIN,
                        "an ASOF join chooses rows by time already",
                        Places.of(match),
                        "leave FOR SYSTEM_TIME AS OF out",
                        null);
            }
            refuseWithoutOn(join, "MATCH_CONDITION");
            term = new MatchOperator(Places.of(match)).call(match.getParserPosition(), expressions.apply(match));
        }
        if (term == null) {
            return plain.apply(join);
        }
        SqlParserPos position = join.getParserPosition();
        SqlJoin same = new SqlJoin(
                position,
                join.getLeft(),
                join.isNaturalNode(),
                type(join).symbol(position),
                right,
                join.getConditionTypeNode(),
                join.getCondition());
        SqlJoin rewritten = (SqlJoin) plain.apply(same);
        SqlNode condition = java.util.Objects.requireNonNull(rewritten.getCondition());
        rewritten.setOperand(5, SqlStdOperatorTable.AND.createCall(position, condition, term));
        return rewritten;
    }

    private static JoinType type(SqlJoin join) {
        return switch (join.getJoinType()) {
            case ASOF -> JoinType.INNER;
            case LEFT_ASOF -> JoinType.LEFT;
            default -> join.getJoinType();
        };
    }

    private static void refuseWithoutOn(SqlJoin join, String clause) {
        if (join.getConditionType() != JoinConditionType.ON || join.isNatural()) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    clause + " needs a join with ON",
                    Places.of(join.getRight()),
                    "name the keys: JOIN ... ON l.key = r.key",
                    null);
        }
    }

    /** What stands between a table and its alias; null for other tables. */
    private static @Nullable SqlSnapshot snapshot(SqlNode right) {
        SqlNode table = right.getKind() == SqlKind.AS ? ((SqlCall) right).operand(0) : right;
        return table instanceof SqlSnapshot snapshot ? snapshot : null;
    }

    private static SqlNode withoutSnapshot(SqlNode right, SqlSnapshot snapshot) {
        if (right == snapshot) {
            return snapshot.getTableRef();
        }
        ((SqlCall) right).setOperand(0, snapshot.getTableRef());
        return right;
    }
}
