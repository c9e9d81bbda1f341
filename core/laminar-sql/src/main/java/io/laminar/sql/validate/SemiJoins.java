package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.ExistenceOperator;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code l SEMI JOIN r ON ...} as {@code (SELECT l.* FROM l LEFT JOIN r ON ... AND semi_join()) AS l}: so names of the
 * right side end with ON. Calcite parses these joins, but does not convert them.
 */
final class SemiJoins {
    private static final String UNNAMED = "_left";

    private SemiJoins() {}

    /**
     * Rewrites a join.
     *
     * @param others rewrites joins of other types
     */
    static SqlNode rewrite(SqlJoin join, Function<SqlJoin, SqlNode> others) {
        boolean exists = join.getJoinType() == JoinType.LEFT_SEMI_JOIN;
        if (!exists && join.getJoinType() != JoinType.LEFT_ANTI_JOIN) {
            return others.apply(join);
        }
        if (join.getConditionType() != JoinConditionType.ON || join.getLeft().getKind() == SqlKind.JOIN) {
            boolean several = join.getLeft().getKind() == SqlKind.JOIN;
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    several
                            ? "a SEMI or ANTI join behind another join is not planned yet"
                            : "a SEMI or ANTI join needs ON",
                    Places.of(join.getRight()),
                    several
                            ? "put the joins before it into a subquery: FROM (SELECT ... FROM a JOIN b ...) AS l SEMI JOIN ..."
                            : "l SEMI JOIN r ON l.key = r.key",
                    null);
        }
        SqlParserPos position = join.getParserPosition();
        String name = name(join.getLeft());
        SqlNode left = join.getLeft();
        SqlJoin outer = new SqlJoin(
                position,
                left.getKind() == SqlKind.IDENTIFIER || left.getKind() == SqlKind.AS ? left : named(left, name),
                SqlLiteral.createBoolean(false, position),
                JoinType.LEFT.symbol(position),
                join.getRight(),
                join.getConditionTypeNode(),
                join.getCondition());
        SqlJoin rewritten = (SqlJoin) others.apply(outer);
        SqlNode condition = java.util.Objects.requireNonNull(rewritten.getCondition());
        SqlNode term = new ExistenceOperator(exists).call(position);
        rewritten.setOperand(5, SqlStdOperatorTable.AND.createCall(position, condition, term));
        SqlNode star = new SqlIdentifier(List.of(name, ""), position);
        return named(QueryRewriter.select(position, SqlNodeList.of(star), rewritten), name);
    }

    private static SqlNode named(SqlNode rows, String name) {
        SqlParserPos position = rows.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(position, rows, new SqlIdentifier(name, position));
    }

    private static String name(SqlNode table) {
        if (table instanceof SqlIdentifier identifier) {
            return identifier.names.get(identifier.names.size() - 1);
        }
        if (table.getKind() == SqlKind.AS) {
            return name(((SqlCall) table).operand(1));
        }
        return table.getKind() == SqlKind.TABLE_REF ? name(((SqlCall) table).operand(0)) : UNNAMED;
    }
}
