package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.Places;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * Aggregates whose argument stands behind WITHIN GROUP: {@code percentile_cont(0.9) WITHIN GROUP (ORDER BY x)} is {@code
 * percentile_cont(x, 0.9)}, {@code mode() WITHIN GROUP (ORDER BY x)} is {@code mode(x)}.
 */
final class OrderedSets {
    private static final Set<String> FUNCTIONS = Set.of(
            "percentile_cont",
            "quantile_cont",
            "percentile",
            "percentile_disc",
            "quantile_disc",
            "approx_percentile_cont",
            "approx_quantile",
            "approx_percentile_cont_with_weight",
            "mode");

    private OrderedSets() {}

    /** Whether a WITHIN GROUP gives such a function its argument. */
    static boolean matches(SqlCall within) {
        return within.getKind() == SqlKind.WITHIN_GROUP
                && within.operand(0) instanceof SqlCall function
                && FUNCTIONS.contains(name(function));
    }

    private static String name(SqlCall function) {
        return function.getOperator().getName().toLowerCase(Locale.ROOT);
    }

    /** The function with all its arguments, and an order that is not the natural one, in parentheses. */
    static SqlCall plain(SqlCall within) {
        SqlCall function = within.operand(0);
        SqlNodeList order = within.operand(1);
        if (order.size() != 1) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    name(function) + " is ordered by one value, not by " + order.size(),
                    Places.of(order),
                    null,
                    null);
        }
        SqlNode value = Objects.requireNonNull(order.get(0));
        while (value.getKind() == SqlKind.NULLS_FIRST || value.getKind() == SqlKind.NULLS_LAST) {
            value = ((SqlCall) value).operand(0);
        }
        boolean descending = value.getKind() == SqlKind.DESCENDING;
        List<SqlNode> arguments = new ArrayList<>();
        arguments.add(descending ? ((SqlCall) value).operand(0) : value);
        arguments.addAll(function.getOperandList());
        int part = arguments.size() - 1;
        if (descending && part > 0) {
            if (name(function).startsWith("approx")) {
                arguments.set(part, rest(arguments.get(part)));
            } else {
                arguments.add(order);
            }
        }
        return new SqlBasicCall(
                function.getOperator(), arguments, function.getParserPosition(), function.getFunctionQuantifier());
    }

    /** From the other end. */
    private static SqlNode rest(SqlNode part) {
        SqlParserPos position = part.getParserPosition();
        return SqlStdOperatorTable.MINUS.createCall(position, SqlLiteral.createExactNumeric("1", position), part);
    }
}
