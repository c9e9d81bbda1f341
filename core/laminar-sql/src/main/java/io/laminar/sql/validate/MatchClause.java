package io.laminar.sql.validate;

import io.laminar.plan.node.MatchSkip;
import io.laminar.plan.node.RowPattern;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.MatchRecognizeOperator;
import io.laminar.sql.function.MatchSpec;
import io.laminar.sql.function.RowTimeOperator;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlMatchRecognize;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/**
 * MATCH_RECOGNIZE as a SELECT of what it gives out, the first column of which carries the rest in a {@link MatchRecognizeOperator}.
 * Calcite's own checks of the clause are left aside: names and types are those of any SELECT, so the dialect's rules hold.
 */
final class MatchClause {
    private final SqlMatchRecognize clause;
    private final FunctionCatalog functions;
    private final ExpressionRewriter expressions;
    private final PatternVariables variables = new PatternVariables();
    private final List<SqlNode> outputs = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    /** What the first column carries. */
    private final List<SqlNode> carried = new ArrayList<>();

    private MatchClause(SqlMatchRecognize clause, FunctionCatalog functions, ExpressionRewriter expressions) {
        this.clause = clause;
        this.functions = functions;
        this.expressions = expressions;
    }

    /** @param input the rewritten table */
    static SqlNode select(
            SqlMatchRecognize clause, SqlNode input, FunctionCatalog functions, ExpressionRewriter expressions) {
        return new MatchClause(clause, functions, expressions).select(input);
    }

    private SqlNode select(SqlNode input) {
        RowPattern pattern = new RowPatterns(variables).read(clause.getPattern());
        variables.subsets(clause.getSubsetList());
        SqlLiteral rowsPerMatch = clause.getRowsPerMatch();
        boolean allRows =
                rowsPerMatch != null && rowsPerMatch.getValue() == SqlMatchRecognize.RowsPerMatchOption.ALL_ROWS;
        if (RowPatterns.excludes(pattern) && !allRows) {
            throw PatternVariables.invalid(
                    clause.getPattern(),
                    "{- ... -} leaves matched rows out, but there is one row per match",
                    "write ALL ROWS PER MATCH, or leave {- and -} out");
        }
        partition();
        List<MatchSpec.Direction> order = order(allRows);
        int before = outputs.size();
        measures();
        if (allRows) {
            outputs.add(new RestColumns(names, clause.getParserPosition()));
        }
        List<Integer> defined = new ArrayList<>();
        List<Place.Sql> conditions = new ArrayList<>();
        conditions(defined, conditions);
        MatchSpec spec = new MatchSpec(
                List.copyOf(variables.names()),
                pattern,
                clause.getStrictStart().booleanValue(),
                clause.getStrictEnd().booleanValue(),
                within(),
                skip(pattern),
                allRows,
                clause.getPartitionList().size(),
                order,
                defined,
                before,
                clause.getMeasureList().size(),
                new MatchSpec.Places(
                        Places.of(clause),
                        Places.of(clause.getPattern()),
                        Places.of(Objects.requireNonNull(clause.getOrderList().get(0))),
                        conditions));
        return QueryRewriter.select(clause.getParserPosition(), items(spec), input);
    }

    /** The columns given out, the first one in the operator. */
    private SqlNodeList items(MatchSpec spec) {
        if (outputs.isEmpty()) {
            throw PatternVariables.invalid(
                    clause,
                    "MATCH_RECOGNIZE gives out no columns",
                    "add MEASURES, PARTITION BY, or ALL ROWS PER MATCH");
        }
        SqlCall first = (SqlCall) outputs.get(0);
        List<SqlNode> operands = new ArrayList<>();
        operands.add(first.operand(0));
        operands.addAll(carried);
        SqlNode carrier = new MatchRecognizeOperator(spec)
                .call(first.operand(0).getParserPosition(), operands.toArray(SqlNode[]::new));
        outputs.set(0, SqlStdOperatorTable.AS.createCall(first.getParserPosition(), carrier, first.operand(1)));
        return new SqlNodeList(outputs, clause.getParserPosition());
    }

    private void output(SqlNode expression, SqlIdentifier name) {
        if (!names.add(name.getSimple().toLowerCase(Locale.ROOT))) {
            throw new LaminarException(
                    ErrorCode.DUPLICATE_NAME,
                    "MATCH_RECOGNIZE gives out two columns '" + name.getSimple() + "'",
                    Places.of(name),
                    "give the measure another name",
                    null);
        }
        outputs.add(SqlStdOperatorTable.AS.createCall(expression.getParserPosition(), expression, name));
    }

    private void partition() {
        for (SqlNode key : clause.getPartitionList()) {
            SqlIdentifier column = column(Objects.requireNonNull(key), "PARTITION BY");
            output(column, last(column));
            carried.add(TreeCopy.of(column));
        }
    }

    private static SqlIdentifier last(SqlIdentifier column) {
        int last = column.names.size() - 1;
        return new SqlIdentifier(column.names.get(last), column.getComponentParserPosition(last));
    }

    private static SqlIdentifier column(SqlNode key, String where) {
        if (key instanceof SqlIdentifier column && !column.isStar()) {
            return column;
        }
        throw PatternVariables.invalid(
                key,
                where + " of MATCH_RECOGNIZE takes columns",
                "compute it in a query below: FROM (SELECT *, ... AS k FROM t) MATCH_RECOGNIZE (" + where + " k ...)");
    }

    private List<MatchSpec.Direction> order(boolean allRows) {
        if (clause.getOrderList().isEmpty()) {
            throw PatternVariables.invalid(
                    clause,
                    "MATCH_RECOGNIZE has no ORDER BY, so there is no order in which rows could match",
                    "ORDER BY the event time");
        }
        List<MatchSpec.Direction> directions = new ArrayList<>();
        for (SqlNode node : clause.getOrderList()) {
            SqlNode key = Objects.requireNonNull(node);
            SqlKind nulls = null;
            if (key.getKind() == SqlKind.NULLS_FIRST || key.getKind() == SqlKind.NULLS_LAST) {
                nulls = key.getKind();
                key = ((SqlCall) key).operand(0);
            }
            boolean descending = key.getKind() == SqlKind.DESCENDING;
            key = descending ? ((SqlCall) key).operand(0) : key;
            boolean nullsFirst = nulls == null ? descending : nulls == SqlKind.NULLS_FIRST;
            directions.add(new MatchSpec.Direction(descending, nullsFirst));
            order(key, allRows);
        }
        return directions;
    }

    private void order(SqlNode key, boolean allRows) {
        SqlNode rewritten = expressions.rewrite(key);
        if (!(rewritten instanceof SqlIdentifier)
                && !(rewritten instanceof SqlCall call && call.getOperator() instanceof RowTimeOperator)) {
            column(key, "ORDER BY");
        }
        if (allRows
                && rewritten instanceof SqlIdentifier column
                && !names.contains(last(column).getSimple().toLowerCase(Locale.ROOT))) {
            output(column, last(column));
        }
        carried.add(TreeCopy.of(rewritten));
    }

    private void measures() {
        for (SqlNode node : clause.getMeasureList()) {
            SqlCall measure = (SqlCall) Objects.requireNonNull(node);
            output(expression(measure.operand(0), false), measure.operand(1));
        }
    }

    private SqlNode expression(SqlNode expression, boolean condition) {
        PatternExpressions patterns = new PatternExpressions(variables, functions, condition);
        return expressions.rewrite(expression, patterns::rewrite);
    }

    private void conditions(List<Integer> defined, List<Place.Sql> places) {
        for (SqlNode node : clause.getPatternDefList()) {
            SqlCall definition = (SqlCall) Objects.requireNonNull(node);
            SqlIdentifier name = definition.operand(1);
            int variable = variables.named(name);
            if (defined.contains(variable)) {
                throw new LaminarException(
                        ErrorCode.DUPLICATE_NAME,
                        "variable '" + name.getSimple() + "' is defined twice",
                        Places.of(name),
                        "join the conditions with AND",
                        null);
            }
            defined.add(variable);
            places.add(Places.of(definition.<SqlNode>operand(0)));
            carried.add(expression(definition.operand(0), true));
        }
    }

    private long within() {
        SqlLiteral interval = clause.getInterval();
        if (interval == null) {
            return 0;
        }
        Literals.Span span = Literals.span(interval);
        if (span == null || span.isMonths() || span.amount() <= 0) {
            throw PatternVariables.invalid(
                    interval, "WITHIN takes a positive interval of days or less", "WITHIN INTERVAL '10' MINUTE");
        }
        return span.amount();
    }

    private MatchSkip skip(RowPattern pattern) {
        SqlNode after = clause.getAfter();
        if (after instanceof SqlLiteral literal) {
            boolean next = literal.getValue() == SqlMatchRecognize.AfterOption.SKIP_TO_NEXT_ROW;
            return new MatchSkip(next ? MatchSkip.Kind.TO_NEXT_ROW : MatchSkip.Kind.PAST_LAST_ROW, 0);
        }
        return after == null ? new MatchSkip(MatchSkip.Kind.PAST_LAST_ROW, 0) : skipTo((SqlCall) after, pattern);
    }

    private MatchSkip skipTo(SqlCall after, RowPattern pattern) {
        boolean first = after.getOperator().equals(SqlMatchRecognize.SKIP_TO_FIRST);
        long target = variables.set(after.operand(0));
        if (first && (RowPatterns.starts(pattern) & ~target) == 0) {
            throw PatternVariables.invalid(
                    after,
                    "every match begins with '" + after.operand(0) + "', so the search would find it again and again",
                    "AFTER MATCH SKIP TO NEXT ROW");
        }
        return new MatchSkip(first ? MatchSkip.Kind.TO_FIRST : MatchSkip.Kind.TO_LAST, target);
    }
}
