package io.laminar.sql.validate;

import io.laminar.plan.node.MatchValue;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.PatternOperator;
import io.laminar.sql.function.PatternOperator.Navigation.Way;
import io.laminar.sql.function.PatternOperator.Rows;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@link PatternOperator}s in the place of what has a meaning of its own in a condition or measure, in an expression
 * as it is parsed: columns of variables, FIRST, LAST, PREV, NEXT, aggregates, CLASSIFIER and MATCH_NUMBER.
 */
final class PatternExpressions extends SqlShuttle {
    private static final int MAX_STEPS = 1_000_000;

    /** What the part of an expression that is being read stands in. */
    private enum Inside {
        NOTHING,
        NAVIGATION,
        AGGREGATE
    }

    private final PatternVariables variables;
    private final FunctionCatalog functions;
    private final boolean condition;
    private Inside inside = Inside.NOTHING;
    /** The rows that the operand being read is of; null before a column says so. */
    private @Nullable Long rows;
    /** Whether it asks for the variable of a row. */
    private boolean classifies;

    /** @param condition whether it is one of DEFINE, and not a measure */
    PatternExpressions(PatternVariables variables, FunctionCatalog functions, boolean condition) {
        this.variables = variables;
        this.functions = functions;
        this.condition = condition;
    }

    SqlNode rewrite(SqlNode expression) {
        return Objects.requireNonNull(expression.accept(this));
    }

    @Override
    public SqlNode visit(SqlIdentifier identifier) {
        Long variable = identifier.names.size() > 1 ? variables.find(identifier.names.get(0)) : null;
        if (inside != Inside.NOTHING) {
            use(variable == null ? MatchValue.ALL : variable, identifier);
        }
        if (variable == null) {
            return identifier;
        }
        if (identifier.isStar()) {
            throw PatternVariables.invalid(
                    identifier, "rows of a variable can be counted, but they are no value", "count(a.*)");
        }
        SqlNode column = identifier.getComponent(1, identifier.names.size());
        return inside == Inside.NOTHING ? last(variable).call(identifier.getParserPosition(), column) : column;
    }

    private static PatternOperator last(long variables) {
        return new PatternOperator.Navigation(new Way(new Rows(variables, false), false, 0, 0));
    }

    private void use(long variable, SqlNode node) {
        Long known = rows;
        if (known != null && known != variable) {
            throw PatternVariables.invalid(
                    node,
                    "one navigation or aggregate looks at rows of one variable, not both of " + variables.text(known)
                            + " and " + variables.text(variable),
                    "write one for each: last(a.x) + last(b.y); or name both in SUBSET");
        }
        rows = variable;
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        switch (call.getKind()) {
            case FIRST, LAST, PREV, NEXT:
                return navigation(call, false);
            case RUNNING, FINAL:
                return scoped(call);
            case FILTER, WITHIN_GROUP, OVER, RESPECT_NULLS, IGNORE_NULLS:
                throw PatternVariables.invalid(
                        call,
                        call.getOperator().getName().toUpperCase(Locale.ROOT).replace('_', ' ')
                                + " has no meaning in MATCH_RECOGNIZE",
                        "aggregate rows of a variable whose condition says which: sum(a.x)");
            default:
                break;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.CLASSIFIER)) {
            return classifier(call);
        }
        if (call.getOperator().equals(SqlStdOperatorTable.MATCH_NUMBER)) {
            return PatternOperator.MatchNumber.INSTANCE.call(call.getParserPosition());
        }
        FunctionDeclaration function = aggregateOf(call);
        return function == null ? super.visit(call) : aggregate(call, function, false);
    }

    private @Nullable FunctionDeclaration aggregateOf(SqlCall call) {
        return call.getOperator() instanceof SqlFunction
                ? functions
                        .find(call.getOperator().getName())
                        .filter(found -> found.kind() == FunctionKind.AGGREGATE)
                        .orElse(null)
                : null;
    }

    private SqlNode classifier(SqlCall call) {
        SqlNode classifier = PatternOperator.Classifier.INSTANCE.call(call.getParserPosition());
        if (inside == Inside.NOTHING) {
            return last(MatchValue.ALL).call(call.getParserPosition(), classifier);
        }
        classifies = true;
        if (rows == null) {
            rows = MatchValue.ALL;
        }
        return classifier;
    }

    /** RUNNING or FINAL before a navigation or aggregate. */
    private SqlNode scoped(SqlCall call) {
        boolean whole = call.getKind() == SqlKind.FINAL;
        if (whole && condition) {
            throw PatternVariables.invalid(
                    call,
                    "a condition cannot look at the end of the match, which depends on it",
                    "leave FINAL out, or move it to MEASURES");
        }
        SqlNode operand = call.operand(0);
        if (operand.getKind() == SqlKind.FIRST || operand.getKind() == SqlKind.LAST) {
            return navigation((SqlCall) operand, whole);
        }
        FunctionDeclaration function = operand instanceof SqlCall inner ? aggregateOf(inner) : null;
        if (function == null) {
            throw PatternVariables.invalid(
                    call,
                    call.getKind() + " stands before FIRST, LAST or an aggregate",
                    call.getKind() + " LAST(a.x), " + call.getKind() + " sum(a.x)");
        }
        return aggregate((SqlCall) operand, function, whole);
    }

    /** FIRST, LAST, PREV and NEXT; the latter may have one of the former inside. */
    private SqlNode navigation(SqlCall call, boolean whole) {
        refuseNesting(call);
        int shift = 0;
        boolean ofWhole = whole;
        SqlCall logical = call;
        if (call.getKind() == SqlKind.PREV || call.getKind() == SqlKind.NEXT) {
            int steps = steps(call);
            shift = call.getKind() == SqlKind.PREV ? -steps : steps;
            SqlNode inner = call.operand(0);
            if (inner.getKind() == SqlKind.RUNNING || inner.getKind() == SqlKind.FINAL) {
                ofWhole = inner.getKind() == SqlKind.FINAL;
                inner = ((SqlCall) inner).operand(0);
            }
            if (inner.getKind() != SqlKind.FIRST && inner.getKind() != SqlKind.LAST) {
                return shifted(call, call.operand(0), new Way(new Rows(0, false), false, 0, shift));
            }
            if (ofWhole && condition) {
                throw PatternVariables.invalid(
                        inner,
                        "a condition cannot look at the end of the match, which depends on it",
                        "leave FINAL out");
            }
            logical = (SqlCall) inner;
        }
        boolean first = logical.getKind() == SqlKind.FIRST;
        return shifted(call, logical.operand(0), new Way(new Rows(0, ofWhole), first, steps(logical), shift));
    }

    private SqlNode shifted(SqlCall call, SqlNode operand, Way way) {
        classifies = false;
        SqlNode argument = operand(operand, Inside.NAVIGATION);
        Long of = rows;
        rows = null;
        if (of == null) {
            throw PatternVariables.invalid(
                    call,
                    call.getOperator().getName().toLowerCase(Locale.ROOT) + " names no column",
                    "write the constant alone, or name a column: last(a.x)");
        }
        if (classifies && way.shift() != 0) {
            throw PatternVariables.invalid(
                    call,
                    "a row that PREV or NEXT goes to need not be part of the match, so it has no CLASSIFIER()",
                    "LAST(CLASSIFIER(), 1) is that of the matched row before");
        }
        Way complete = new Way(new Rows(of, way.rows().whole()), way.first(), way.offset(), way.shift());
        return new PatternOperator.Navigation(complete).call(call.getParserPosition(), argument);
    }

    private SqlNode operand(SqlNode operand, Inside kind) {
        inside = kind;
        try {
            return Objects.requireNonNull(operand.accept(this));
        } finally {
            inside = Inside.NOTHING;
        }
    }

    private void refuseNesting(SqlCall call) {
        if (inside != Inside.NOTHING) {
            rows = null;
            inside = Inside.NOTHING;
            throw PatternVariables.invalid(
                    call,
                    call.getOperator().getName().toLowerCase(Locale.ROOT)
                            + " cannot stand inside of another navigation or aggregate",
                    "only PREV and NEXT have FIRST or LAST inside: prev(first(a.x), 2)");
        }
    }

    private static int steps(SqlCall call) {
        SqlLiteral literal = (SqlLiteral) call.operand(1);
        BigDecimal value = literal.bigDecimalValue();
        boolean fits = value != null
                && value.signum() >= 0
                && value.stripTrailingZeros().scale() <= 0
                && value.compareTo(BigDecimal.valueOf(MAX_STEPS)) <= 0;
        if (!fits || value == null) {
            throw PatternVariables.invalid(
                    call,
                    "the offset of " + call.getOperator().getName().toLowerCase(Locale.ROOT)
                            + " is a whole number of rows, not negative",
                    "prev(a.x, 2); backwards is PREV, forwards NEXT");
        }
        return value.intValueExact();
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    private SqlNode aggregate(SqlCall call, FunctionDeclaration function, boolean whole) {
        refuseNesting(call);
        List<SqlNode> arguments = new ArrayList<>();
        Long counted = null;
        for (SqlNode operand : call.getOperandList()) {
            Long star = starOf(operand, function, call);
            if (star != null) {
                counted = star;
            } else if (operand instanceof SqlNodeList) {
                throw PatternVariables.invalid(
                        call, "aggregates in MATCH_RECOGNIZE go by the order of the rows", "leave ORDER BY out");
            } else {
                arguments.add(operand(operand, Inside.AGGREGATE));
            }
        }
        Long named = rows;
        rows = null;
        long of = counted != null ? counted : named != null ? named : MatchValue.ALL;
        SqlLiteral quantifier = call.getFunctionQuantifier();
        boolean distinct = quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
        return new PatternOperator.Aggregate(function, new Rows(of, whole), distinct)
                .call(call.getParserPosition(), arguments.toArray(SqlNode[]::new));
    }

    /** The rows of {@code *} or {@code a.*}; null for anything else. */
    private @Nullable Long starOf(SqlNode operand, FunctionDeclaration function, SqlCall call) {
        if (!(operand instanceof SqlIdentifier star) || !star.isStar()) {
            return null;
        }
        if (!function.name().equals("count")) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "only count takes *, not " + function.name(),
                    Places.of(call),
                    "name a column: " + function.name() + "(a.x)",
                    null);
        }
        return star.names.size() == 1 ? MatchValue.ALL : variables.set(star.getComponent(0));
    }
}
