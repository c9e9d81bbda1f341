package io.laminar.sql.validate;

import io.laminar.plan.node.OverFrame;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.OverFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Functions with OVER: what is written about the function, apart from partition and order, becomes part of it. */
final class OverCalls {
    private static final Set<String> RANKS =
            Set.of("row_number", "rank", "dense_rank", "ntile", "cume_dist", "percent_rank");
    private static final Set<String> VALUES = Set.of("lag", "lead", "first_value", "last_value", "nth_value");

    private final FunctionCatalog catalog;
    private final ExpressionRewriter expressions;
    private final OverWindows windows = new OverWindows();

    OverCalls(FunctionCatalog catalog, ExpressionRewriter expressions) {
        this.catalog = catalog;
        this.expressions = expressions;
    }

    /** The windows that queries give names to. */
    OverWindows windows() {
        return windows;
    }

    /** What is written around a function before OVER. */
    private static final class Clauses {
        private SqlCall function;
        private @Nullable SqlNode filter;
        private @Nullable SqlNodeList order;
        private boolean ignoreNulls;
        private final List<SqlNode> arguments = new ArrayList<>();

        Clauses(SqlCall call) {
            function = call;
            boolean wrapped = true;
            while (wrapped) {
                switch (function.getKind()) {
                    case FILTER -> filter = function.operand(1);
                    case WITHIN_GROUP -> order = function.operand(1);
                    case IGNORE_NULLS -> ignoreNulls = true;
                    case RESPECT_NULLS -> ignoreNulls = false;
                    default -> wrapped = false;
                }
                function = wrapped ? function.operand(0) : function;
            }
            for (SqlNode operand : function.getOperandList()) {
                if (operand instanceof SqlNodeList list) {
                    order = list;
                } else if (!(operand instanceof SqlIdentifier id && id.isStar())) {
                    arguments.add(operand);
                }
            }
        }

        String name() {
            return function.getOperator().getName().toLowerCase(Locale.ROOT);
        }
    }

    SqlNode rewrite(SqlCall over) {
        Clauses clauses = new Clauses((SqlCall) over.operand(0));
        SqlWindow window = windows.resolve(over.operand(1));
        SqlParserPos position = over.getParserPosition();
        SqlAggFunction plain = plainRank(clauses);
        SqlCall call = plain == null ? function(clauses, window) : plain.createCall(position);
        if (RANKS.contains(clauses.name())) {
            checkRank(clauses, window);
        }
        SqlWindow rewritten = SqlWindow.create(
                null,
                null,
                expressions.rewriteList(window.getPartitionList()),
                expressions.rewriteList(window.getOrderList()),
                SqlLiteral.createBoolean(false, SqlParserPos.ZERO),
                null,
                null,
                null,
                window.getParserPosition());
        return SqlStdOperatorTable.OVER.createCall(position, call, rewritten);
    }

    /** The ranks that filters may turn into a Top-N stay Calcite's own. */
    private static @Nullable SqlAggFunction plainRank(Clauses clauses) {
        SqlAggFunction rank =
                switch (clauses.name()) {
                    case "row_number" -> SqlStdOperatorTable.ROW_NUMBER;
                    case "rank" -> SqlStdOperatorTable.RANK;
                    case "dense_rank" -> SqlStdOperatorTable.DENSE_RANK;
                    default -> null;
                };
        if (rank != null && !clauses.arguments.isEmpty()) {
            throw wrong(clauses, "takes no arguments", clauses.name() + "() OVER (ORDER BY x)");
        }
        return rank;
    }

    private static void checkRank(Clauses clauses, SqlWindow window) {
        if (window.getLowerBound() != null) {
            throw ExpressionRewriter.unsupported(
                    clauses.function, "a frame of a ranking function", "leave ROWS or RANGE out");
        }
        if (clauses.filter != null || clauses.ignoreNulls || clauses.order != null) {
            throw wrong(clauses, "takes no FILTER, ORDER BY or treatment of NULLs", "filter the rows below");
        }
    }

    private SqlCall function(Clauses clauses, SqlWindow window) {
        String name = clauses.name();
        if (RANKS.contains(name)) {
            return rank(clauses, name);
        }
        OverFrames.Frame frame = OverFrames.of(window, expressions);
        if (VALUES.contains(name)) {
            return value(clauses, name, frame);
        }
        FunctionDeclaration declaration = catalog.find(name).orElse(null);
        if (declaration != null && declaration.kind() == FunctionKind.AGGREGATE) {
            return aggregate(clauses, declaration, frame);
        }
        if (declaration != null) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    name + " is no aggregate or window function, so it takes no OVER",
                    Places.of(clauses.function),
                    null,
                    null);
        }
        // Reports that there is no such function.
        expressions.rewrite(clauses.function);
        throw new io.laminar.sql.error.CollectedErrors();
    }

    // Ranks ---------------------------------------------------------------------------------------------------------

    private SqlCall rank(Clauses clauses, String name) {
        boolean tiles = name.equals("ntile");
        if (clauses.arguments.size() != (tiles ? 1 : 0)) {
            throw wrong(clauses, tiles ? "takes the number of tiles" : "takes no arguments", null);
        }
        long number = tiles ? number(clauses, clauses.arguments.get(0), 1, "the number of tiles") : 1;
        io.laminar.plan.node.OverFunction function =
                io.laminar.plan.node.OverFunction.valueOf(name.toUpperCase(Locale.ROOT));
        return call(
                clauses,
                new OverFunction.Details(function, name, null, 0, false, false, List.of(), false, number, null, false),
                List.of());
    }

    // Values --------------------------------------------------------------------------------------------------------

    private SqlCall value(Clauses clauses, String name, OverFrames.Frame frame) {
        if (clauses.filter != null || clauses.order != null) {
            throw wrong(
                    clauses,
                    "takes no FILTER and no ORDER BY of its own",
                    "IGNORE NULLS leaves out rows without a value");
        }
        int most = name.equals("lag") || name.equals("lead") ? 3 : name.equals("nth_value") ? 2 : 1;
        int least = name.equals("nth_value") ? 2 : 1;
        List<SqlNode> arguments = clauses.arguments;
        if (arguments.size() < least || arguments.size() > most) {
            throw wrong(clauses, "takes " + (least == most ? least : least + " to " + most) + " arguments", null);
        }
        return switch (name) {
            case "first_value" -> value(clauses, false, 1, frame, false);
            case "last_value" -> value(clauses, true, 1, frame, false);
            case "nth_value" ->
                value(clauses, false, number(clauses, arguments.get(1), 1, "the number of the row"), frame, false);
            default -> neighbour(clauses, name.equals("lag"));
        };
    }

    /** LAG and LEAD: the only row of a frame of one row, or the n-th of those that have a value. */
    private SqlCall neighbour(Clauses clauses, boolean back) {
        long distance = clauses.arguments.size() < 2
                ? 1
                : number(clauses, clauses.arguments.get(1), Long.MIN_VALUE, "the distance");
        boolean before = distance < 0 ? !back : back;
        long steps = Math.abs(distance);
        if (!clauses.ignoreNulls || steps == 0) {
            OverFrame one = OverFrame.rows(before ? -steps : steps, before ? -steps : steps);
            return value(clauses, false, 1, new OverFrames.Frame(one, false), clauses.arguments.size() > 2);
        }
        OverFrame.Bound first = new OverFrame.First();
        OverFrame.Bound last = new OverFrame.Last();
        OverFrame frame = before
                ? new OverFrame(OverFrame.Unit.ROWS, first, OverFrame.at(-1))
                : new OverFrame(OverFrame.Unit.ROWS, OverFrame.at(1), last);
        return value(clauses, before, steps, new OverFrames.Frame(frame, false), clauses.arguments.size() > 2);
    }

    private SqlCall value(Clauses clauses, boolean fromLast, long number, OverFrames.Frame frame, boolean withDefault) {
        List<SqlNode> operands = new ArrayList<>();
        operands.add(expressions.rewrite(clauses.arguments.get(0)));
        if (withDefault) {
            operands.add(expressions.rewrite(clauses.arguments.get(2)));
        }
        io.laminar.plan.node.OverFunction function = fromLast
                ? io.laminar.plan.node.OverFunction.NTH_FROM_LAST
                : io.laminar.plan.node.OverFunction.NTH_FROM_FIRST;
        return call(
                clauses,
                new OverFunction.Details(
                        function,
                        clauses.name(),
                        null,
                        operands.size(),
                        false,
                        false,
                        List.of(),
                        clauses.ignoreNulls,
                        number,
                        frame.frame(),
                        frame.intervals()),
                operands);
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    private SqlCall aggregate(Clauses clauses, FunctionDeclaration declaration, OverFrames.Frame frame) {
        if (clauses.ignoreNulls) {
            throw wrong(clauses, "takes no IGNORE NULLS", "filter them: FILTER (WHERE x IS NOT NULL)");
        }
        boolean star = clauses.function.getOperandList().stream()
                .anyMatch(operand -> operand instanceof SqlIdentifier id && id.isStar());
        if (star && !declaration.name().equals("count")) {
            throw wrong(clauses, "does not take *", "name a column: " + declaration.name() + "(column)");
        }
        List<SqlNode> operands = new ArrayList<>();
        clauses.arguments.forEach(argument -> operands.add(expressions.rewrite(argument)));
        int arguments = operands.size();
        SqlNode filter = clauses.filter;
        if (filter != null) {
            operands.add(expressions.rewrite(filter));
        }
        List<OverFunction.Key> order = new ArrayList<>();
        SqlNodeList keys = clauses.order;
        if (keys != null) {
            keys.forEach(key -> order.add(key(java.util.Objects.requireNonNull(key), operands)));
        }
        SqlLiteral quantifier = clauses.function.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        return call(
                clauses,
                new OverFunction.Details(
                        io.laminar.plan.node.OverFunction.AGGREGATE,
                        declaration.name(),
                        declaration,
                        arguments,
                        distinct,
                        filter != null,
                        order,
                        false,
                        1,
                        frame.frame(),
                        frame.intervals()),
                operands);
    }

    private OverFunction.Key key(SqlNode key, List<SqlNode> operands) {
        SqlNode value = key;
        Boolean nullsFirst = null;
        boolean descending = false;
        while (value.getKind() == SqlKind.NULLS_FIRST
                || value.getKind() == SqlKind.NULLS_LAST
                || value.getKind() == SqlKind.DESCENDING) {
            if (value.getKind() == SqlKind.DESCENDING) {
                descending = true;
            } else {
                nullsFirst = value.getKind() == SqlKind.NULLS_FIRST;
            }
            value = ((SqlCall) value).operand(0);
        }
        operands.add(expressions.rewrite(value));
        return new OverFunction.Key(descending, nullsFirst == null ? descending : nullsFirst);
    }

    // All -----------------------------------------------------------------------------------------------------------

    private static SqlCall call(Clauses clauses, OverFunction.Details details, List<SqlNode> operands) {
        SqlParserPos position = clauses.function.getParserPosition();
        return (SqlCall) new OverFunction(details, Places.of(position)).createCall(position, operands);
    }

    private long number(Clauses clauses, SqlNode node, long least, String what) {
        if (expressions.rewrite(node) instanceof SqlNumericLiteral literal && literal.isInteger()) {
            long value = literal.getValueAs(BigDecimal.class).longValue();
            if (value >= least) {
                return value;
            }
        }
        throw wrong(clauses, "needs " + what + " as a whole number" + (least > 0 ? " from " + least : ""), null);
    }

    private static LaminarException wrong(Clauses clauses, String what, @Nullable String hint) {
        return new LaminarException(
                ErrorCode.WRONG_ARGUMENTS, clauses.name() + " OVER " + what, Places.of(clauses.function), hint, null);
    }
}
