package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.PartnerOperator;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code l SEMI JOIN r ON ...} and ANTI JOIN as {@code (SELECT l.* FROM l JOIN r ON ... AND marker) AS l}: Calcite parses and
 * validates them, but has no algebra for them.
 */
final class SemiJoins {
    private static final String UNNAMED = "left_side";

    private SemiJoins() {}

    static boolean isSemi(SqlJoin join) {
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN || join.getJoinType() == JoinType.LEFT_ANTI_JOIN;
    }

    /** @param plain rewrites inner joins */
    static SqlNode rewrite(SqlJoin join, UnaryOperator<SqlNode> plain) {
        SqlParserPos position = join.getParserPosition();
        boolean anti = join.getJoinType() == JoinType.LEFT_ANTI_JOIN;
        SqlNode condition = join.getCondition();
        if (condition == null || join.getConditionType() != JoinConditionType.ON) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    (anti ? "ANTI" : "SEMI") + " JOIN says what matches in ON",
                    Places.of(join),
                    "write ON l.id = r.id",
                    null);
        }
        String name = name(join.getLeft());
        SqlNode left = name.equals(UNNAMED) ? as(join.getLeft(), UNNAMED) : join.getLeft();
        SqlJoin inner = new SqlJoin(
                position,
                left,
                join.isNaturalNode(),
                JoinType.INNER.symbol(position),
                join.getRight(),
                join.getConditionTypeNode(),
                condition);
        SqlJoin rewritten = (SqlJoin) plain.apply(inner);
        PartnerOperator partner = anti ? PartnerOperator.NONE : PartnerOperator.SOME;
        rewritten.setOperand(
                5,
                SqlStdOperatorTable.AND.createCall(
                        position, java.util.Objects.requireNonNull(rewritten.getCondition()), partner.call(position)));
        SqlNode columns = new SqlIdentifier(name, position).plusStar();
        return as(QueryRewriter.select(position, SqlNodeList.of(columns), rewritten), name);
    }

    private static SqlNode as(SqlNode node, String name) {
        SqlParserPos position = node.getParserPosition();
        return SqlStdOperatorTable.AS.createCall(position, node, new SqlIdentifier(name, position));
    }

    /** The name by which columns of the left side are known. */
    private static String name(SqlNode left) {
        if (left instanceof SqlIdentifier identifier) {
            return identifier.names.get(identifier.names.size() - 1);
        }
        if (left.getKind() == SqlKind.AS) {
            return ((SqlCall) left).operand(1).toString();
        }
        if (left.getKind() == SqlKind.TABLE_REF) {
            return name(((SqlCall) left).operand(0));
        }
        if (left instanceof SqlJoin join) {
            if (isSemi(join)) {
                return name(join.getLeft());
            }
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "the left side of a SEMI or ANTI JOIN is one table or query, not a join",
                    Places.of(left),
                    "put the join into a query with a name: FROM (SELECT ... FROM a JOIN b ON ...) AS ab SEMI JOIN c ON"
                            + " ...",
                    null);
        }
        return UNNAMED;
    }
}
