package io.laminar.sql.parser;

import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.SqlParserUtil.ToTreeListItem;

/**
 * Makes a tree of the flat list of operands and operators the grammar reads. Calcite's own method takes quadratic time
 * and makes a tree as high as the list is long; here a long chain of OR and AND, as programs write them, is cut into
 * its terms first and becomes a tree of logarithmic height.
 */
final class ExpressionTree {

    /** Chains up to this length go to Calcite as they are, so that usual trees have their usual shape. */
    private static final int SHORT = 64;

    /** Operators between two ANDs or ORs; more make a tree too high for what comes after the parser. */
    private static final int MAX_OPERATORS = 1_000;

    private ExpressionTree() {}

    /** @throws io.laminar.spi.error.LaminarException when a term has too many operators */
    static SqlNode of(List<Object> flat) {
        if (flat.size() <= SHORT) {
            return calcite(flat);
        }
        List<SqlNode> alternatives = new ArrayList<>();
        for (List<Object> alternative : split(flat, SqlKind.OR)) {
            List<SqlNode> conditions = new ArrayList<>();
            for (List<Object> condition : split(alternative, SqlKind.AND)) {
                conditions.add(calcite(condition));
            }
            alternatives.add(balanced(conditions, SqlStdOperatorTable.AND));
        }
        return balanced(alternatives, SqlStdOperatorTable.OR);
    }

    private static SqlNode calcite(List<Object> flat) {
        int operators = 0;
        for (Object item : flat) {
            if (item instanceof ToTreeListItem operator && ++operators > MAX_OPERATORS) {
                throw SyntaxErrors.at(
                        operator.getPos(),
                        "more than " + MAX_OPERATORS + " operators in one expression",
                        "split the expression, or compare with IN (...)");
            }
        }
        try {
            return SqlParserUtil.toTree(flat);
        } catch (UnsupportedOperationException e) {
            throw strayEscape(flat, e);
        }
    }

    /** The one operator that reduces to nothing on its own is ESCAPE: LIKE takes it along, or else it is left over. */
    private static LaminarException strayEscape(List<Object> flat, UnsupportedOperationException cause) {
        for (Object item : flat) {
            if (item instanceof ToTreeListItem operator
                    && operator.getOperator().equals(SqlStdOperatorTable.ESCAPE)) {
                return SyntaxErrors.at(
                        operator.getPos(), "this ESCAPE belongs to no LIKE", "write a LIKE pattern ESCAPE character");
            }
        }
        throw cause;
    }

    /** Cuts a list at its ANDs or ORs; the AND of a BETWEEN is not one of them. */
    private static List<List<Object>> split(List<Object> flat, SqlKind kind) {
        List<List<Object>> parts = new ArrayList<>();
        int openBetweens = 0;
        int start = 0;
        for (int i = 0; i < flat.size(); i++) {
            if (!(flat.get(i) instanceof ToTreeListItem item)) {
                continue;
            }
            SqlKind found = item.getOperator().getKind();
            if (found == SqlKind.BETWEEN) {
                openBetweens++;
            } else if (found == SqlKind.AND && openBetweens > 0) {
                openBetweens--;
            } else if (found == kind) {
                parts.add(new ArrayList<>(flat.subList(start, i)));
                start = i + 1;
            }
        }
        parts.add(new ArrayList<>(flat.subList(start, flat.size())));
        return parts;
    }

    private static SqlNode balanced(List<SqlNode> terms, SqlOperator operator) {
        if (terms.size() == 1) {
            return terms.get(0);
        }
        int half = terms.size() / 2;
        SqlNode left = balanced(terms.subList(0, half), operator);
        SqlNode right = balanced(terms.subList(half, terms.size()), operator);
        return operator.createCall(SqlParserPos.sum(List.of(left, right)), left, right);
    }
}
