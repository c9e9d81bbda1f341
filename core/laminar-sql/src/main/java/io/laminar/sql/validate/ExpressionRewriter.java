package io.laminar.sql.validate;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.ErrorCollector;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.CastOperator;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.PatternOperator;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.function.StructOperator;
import io.laminar.sql.function.UnknownOperator;
import io.laminar.sql.parser.BitOperators;
import io.laminar.sql.parser.JsonOperators;
import io.laminar.sql.parser.TimeZoneOperator;
import io.laminar.sql.type.TypeSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * Puts the dialect's operators in the place of those the parser knows, so that names and types are all that is left to
 * Calcite. What has no meaning is reported and stands as an unknown value from then on.
 */
final class ExpressionRewriter {
    static final String HIDDEN_TIME = "_timestamp";

    private static final Map<String, Operation> BINARY = Map.ofEntries(
            Map.entry("+", Operation.ADD),
            Map.entry("-", Operation.SUBTRACT),
            Map.entry("*", Operation.MULTIPLY),
            Map.entry("/", Operation.DIVIDE),
            Map.entry("%", Operation.MODULO),
            Map.entry("MOD", Operation.MODULO),
            Map.entry("=", Operation.EQUAL),
            Map.entry("==", Operation.EQUAL),
            Map.entry("<>", Operation.NOT_EQUAL),
            Map.entry("!=", Operation.NOT_EQUAL),
            Map.entry("<", Operation.LESS),
            Map.entry("<=", Operation.LESS_OR_EQUAL),
            Map.entry(">", Operation.GREATER),
            Map.entry(">=", Operation.GREATER_OR_EQUAL),
            Map.entry("||", Operation.CONCAT),
            Map.entry("IS DISTINCT FROM", Operation.DISTINCT),
            Map.entry("IS NOT DISTINCT FROM", Operation.NOT_DISTINCT),
            Map.entry("ITEM", Operation.ELEMENT));

    private static final Map<SqlOperator, String> FUNCTIONS_OF_SIGNS = Map.of(
            JsonOperators.GET, "json_get_json",
            JsonOperators.GET_TEXT, "json_get_str",
            JsonOperators.HAS_KEY, "json_contains",
            BitOperators.AND, "bitwise_and",
            BitOperators.OR, "bitwise_or",
            BitOperators.SHIFT_LEFT, "bitwise_left_shift",
            BitOperators.SHIFT_RIGHT, "bitwise_right_shift");

    /** Functions that are written without parentheses. */
    private static final Set<String> CLOCKS =
            Set.of("current_timestamp", "current_date", "current_time", "localtimestamp", "localtime");

    private final ErrorCollector errors;
    private final FunctionCalls functions;
    private final UnaryOperator<SqlNode> queries;
    private final OverCalls overs;

    /** @param queries rewrites a query inside an expression */
    ExpressionRewriter(FunctionCatalog functions, ErrorCollector errors, UnaryOperator<SqlNode> queries) {
        this.errors = errors;
        this.queries = queries;
        this.functions = new FunctionCalls(functions, this);
        this.overs = new OverCalls(functions, this);
    }

    /** The expression in the dialect's operators; an error is reported and gives an unknown value. */
    SqlNode rewrite(SqlNode node) {
        try {
            return rewriteNode(node);
        } catch (LaminarException e) {
            errors.add(e.at(Places.of(node)));
            return UnknownOperator.INSTANCE.call(node.getParserPosition());
        }
    }

    /** As {@link #rewrite(SqlNode)} of what another rewriting makes of the expression first. */
    SqlNode rewrite(SqlNode node, UnaryOperator<SqlNode> first) {
        try {
            return rewriteNode(first.apply(node));
        } catch (LaminarException e) {
            errors.add(e.at(Places.of(node)));
            return UnknownOperator.INSTANCE.call(node.getParserPosition());
        }
    }

    @Nullable
    SqlNode rewriteOptional(@Nullable SqlNode node) {
        return node == null ? null : rewrite(node);
    }

    SqlNodeList rewriteList(SqlNodeList list) {
        List<SqlNode> rewritten = new ArrayList<>(list.size());
        for (SqlNode node : list) {
            rewritten.add(rewrite(Objects.requireNonNull(node)));
        }
        return new SqlNodeList(rewritten, list.getParserPosition());
    }

    private SqlNode rewriteNode(SqlNode node) {
        if (node instanceof SqlLiteral literal) {
            return Literals.rewrite(literal);
        }
        if (node instanceof SqlIdentifier identifier) {
            return identifier(identifier);
        }
        if (node instanceof SqlNodeList list) {
            return rewriteList(list);
        }
        if (node.isA(SqlKind.QUERY)) {
            return queries.apply(node);
        }
        if (node instanceof SqlCase choice) {
            return choice(choice);
        }
        return node instanceof SqlCall call ? call(call) : node;
    }

    private SqlNode identifier(SqlIdentifier identifier) {
        boolean clock = identifier.isSimple()
                && !identifier.isComponentQuoted(0)
                && CLOCKS.contains(identifier.getSimple().toLowerCase(Locale.ROOT));
        if (clock) {
            return functions.resolved(identifier.getSimple(), List.of(), identifier.getParserPosition());
        }
        String last = identifier.names.get(identifier.names.size() - 1);
        return last.equalsIgnoreCase(HIDDEN_TIME) && identifier.names.size() <= 2
                ? RowTimeOperator.INSTANCE.call(identifier.getParserPosition())
                : identifier;
    }

    private SqlNode choice(SqlCase choice) {
        choice.setOperand(1, rewriteList(choice.getWhenOperands()));
        choice.setOperand(2, rewriteList(choice.getThenOperands()));
        SqlNode otherwise = choice.getElseOperand();
        if (otherwise != null) {
            choice.setOperand(3, rewrite(otherwise));
        }
        return choice;
    }

    private SqlNode call(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        if (call.getOperator() instanceof PatternOperator) {
            return sameOperator(call);
        }
        switch (call.getKind()) {
            case AND, OR, NOT, IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE, IS_UNKNOWN:
                return sameOperator(call);
            case AS, DESCENDING, NULLS_FIRST, NULLS_LAST:
                call.setOperand(0, rewrite(call.operand(0)));
                return call;
            case PLUS_PREFIX:
                return rewrite(call.operand(0));
            case MINUS_PREFIX:
                return negated(call);
            case BETWEEN:
                return between(call);
            case IN, NOT_IN:
                return in(call);
            case LIKE, SIMILAR, RLIKE:
                return like(call);
            case POSIX_REGEX_CASE_SENSITIVE:
                return regex(call, null);
            case POSIX_REGEX_CASE_INSENSITIVE:
                return regex(call, "i");
            case CAST, SAFE_CAST:
                return cast(call);
            case DOT:
                return member(call);
            case ARRAY_VALUE_CONSTRUCTOR:
                return builtIn(Operation.ARRAY, call);
            case MAP_VALUE_CONSTRUCTOR:
                return builtIn(Operation.MAP, call);
            case ROW:
                return row(call);
            case OVER:
                return overs.rewrite(call);
            case FILTER, WITHIN_GROUP, RESPECT_NULLS, IGNORE_NULLS:
                return functions.aggregateClause(call);
            case EXISTS, SCALAR_QUERY:
                call.setOperand(0, queries.apply(call.operand(0)));
                return call;
            case SOME, ALL:
                return quantified(call);
            case UNIQUE, CURSOR, ARRAY_QUERY_CONSTRUCTOR, MAP_QUERY_CONSTRUCTOR, MULTISET_QUERY_CONSTRUCTOR:
                throw unsupported(
                        call,
                        call.getKind().sql.replace("_QUERY_CONSTRUCTOR", "") + " of a query",
                        "aggregate in it: (SELECT array_agg(x) FROM ...)");
            default:
                return operatorOrFunction(call, position);
        }
    }

    private SqlNode operatorOrFunction(SqlCall call, SqlParserPos position) {
        String name = call.getOperator().getName();
        if (call.getOperator().equals(TimeZoneOperator.INSTANCE)) {
            SqlNode time = call.operand(0);
            call.setOperand(0, call.operand(1));
            call.setOperand(1, time);
            return functions.named("timezone", call, position);
        }
        String function = FUNCTIONS_OF_SIGNS.get(call.getOperator());
        if (function != null) {
            return functions.named(function, call, position);
        }
        if (!(call.getOperator() instanceof SqlFunction) || call.getOperator().equals(SqlStdOperatorTable.MOD)) {
            Operation operation = BINARY.get(name.toUpperCase(Locale.ROOT));
            if (operation != null && call.operandCount() == 2) {
                return builtIn(operation, call);
            }
            if (!(call.getOperator() instanceof SqlFunction) && !isFunctionLike(call)) {
                String hint = name.equals("^") ? "power(x, y), or bitwise_xor(x, y)" : null;
                throw unsupported(call, "operator " + name, hint);
            }
        }
        return functions.call(call);
    }

    /** Constructs with a syntax of their own that mean a function, such as {@code INTERVAL x DAY}. */
    private static boolean isFunctionLike(SqlCall call) {
        return call instanceof SqlBasicCall
                && call.getOperator().getSyntax() == org.apache.calcite.sql.SqlSyntax.FUNCTION;
    }

    private SqlNode sameOperator(SqlCall call) {
        for (int i = 0; i < call.operandCount(); i++) {
            call.setOperand(i, rewrite(call.operand(i)));
        }
        if (call.getKind() == SqlKind.IS_UNKNOWN) {
            return SqlStdOperatorTable.IS_NULL.createCall(call.getParserPosition(), call.getOperandList());
        }
        return call;
    }

    private SqlNode builtIn(Operation operation, SqlCall call) {
        return BuiltInOperator.of(operation).call(call.getParserPosition(), operands(call));
    }

    SqlNode[] operands(SqlCall call) {
        return call.getOperandList().stream().map(this::rewrite).toArray(SqlNode[]::new);
    }

    /** A negative number is one literal, so that {@code -1} can go wherever a constant is expected. */
    private SqlNode negated(SqlCall call) {
        SqlNode operand = rewrite(call.operand(0));
        if (operand instanceof org.apache.calcite.sql.SqlNumericLiteral number) {
            java.math.BigDecimal value = number.getValueAs(java.math.BigDecimal.class);
            return number.isInteger()
                            || number.getScale() != null
                                    && number.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.DECIMAL
                    ? SqlLiteral.createExactNumeric(value.negate().toPlainString(), call.getParserPosition())
                    : SqlLiteral.createApproxNumeric(value.negate().toString(), call.getParserPosition());
        }
        return BuiltInOperator.of(Operation.NEGATE).call(call.getParserPosition(), operand);
    }

    private SqlNode between(SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        SqlBetweenOperator operator = (SqlBetweenOperator) call.getOperator();
        SqlNode value = rewrite(call.operand(0));
        SqlNode low = rewrite(call.operand(1));
        SqlNode high = rewrite(call.operand(2));
        SqlNode inside = both(position, value, low, high);
        if (operator.flag == SqlBetweenOperator.Flag.SYMMETRIC) {
            inside = SqlStdOperatorTable.OR.createCall(position, inside, both(position, value, high, low));
        }
        return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(position, inside) : inside;
    }

    private static SqlNode both(SqlParserPos position, SqlNode value, SqlNode low, SqlNode high) {
        return SqlStdOperatorTable.AND.createCall(
                position,
                BuiltInOperator.of(Operation.GREATER_OR_EQUAL).call(position, value, low),
                BuiltInOperator.of(Operation.LESS_OR_EQUAL).call(position, value, high));
    }

    private SqlNode in(SqlCall call) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            return comparedWithQuery(call);
        }
        List<SqlNode> operands = new ArrayList<>();
        operands.add(rewrite(call.operand(0)));
        operands.addAll(rewriteList(list).getList());
        SqlNode in = BuiltInOperator.of(Operation.IN).call(call.getParserPosition(), operands.toArray(SqlNode[]::new));
        return call.getKind() == SqlKind.NOT_IN ? SqlStdOperatorTable.NOT.createCall(call.getParserPosition(), in) : in;
    }

    private SqlNode comparedWithQuery(SqlCall call) {
        SqlNode value = call.operand(0);
        if (value.getKind() == SqlKind.ROW) {
            SqlCall row = (SqlCall) value;
            for (int i = 0; i < row.operandCount(); i++) {
                row.setOperand(i, rewrite(row.operand(i)));
            }
        } else {
            call.setOperand(0, rewrite(value));
        }
        call.setOperand(1, queries.apply(call.operand(1)));
        return call;
    }

    /** {@code x = ANY (...)} over a query, or over the elements of an array. */
    private SqlNode quantified(SqlCall call) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            return comparedWithQuery(call);
        }
        SqlKind comparison = ((SqlQuantifyOperator) call.getOperator()).comparisonKind;
        boolean isIn = call.getKind() == SqlKind.SOME && comparison == SqlKind.EQUALS;
        boolean isNotIn = call.getKind() == SqlKind.ALL && comparison == SqlKind.NOT_EQUALS;
        if ((!isIn && !isNotIn) || list.size() != 1) {
            throw unsupported(
                    call, call.getOperator().getName() + " over values", "compare with greatest(...) or least(...)");
        }
        SqlParserPos position = call.getParserPosition();
        SqlNode found = isElement(rewrite(call.operand(0)), rewrite(Objects.requireNonNull(list.get(0))), position);
        return isIn ? found : SqlStdOperatorTable.NOT.createCall(position, found);
    }

    /** Whether an array has a value; unknown if it does not and either is NULL or has one. */
    private SqlNode isElement(SqlNode value, SqlNode array, SqlParserPos position) {
        SqlNode has = functions.resolved("array_contains", List.of(array, value), position);
        SqlNode hasNull =
                functions.resolved("array_contains", List.of(array, SqlLiteral.createNull(position)), position);
        SqlNode size = functions.resolved("cardinality", List.of(array), position);
        SqlNode known = SqlStdOperatorTable.IS_NOT_NULL.createCall(position, value);
        SqlNode hit = SqlStdOperatorTable.AND.createCall(position, known, has);
        SqlNode unknown = SqlStdOperatorTable.OR.createCall(
                position,
                SqlStdOperatorTable.AND.createCall(position, known, hasNull),
                SqlStdOperatorTable.AND.createCall(
                        position,
                        SqlStdOperatorTable.IS_NULL.createCall(position, value),
                        BuiltInOperator.of(Operation.GREATER)
                                .call(position, size, SqlLiteral.createExactNumeric("0", position))));
        return new SqlCase(
                position,
                null,
                SqlNodeList.of(hit, unknown),
                SqlNodeList.of(SqlLiteral.createBoolean(true, position), SqlLiteral.createNull(position)),
                has);
    }

    private SqlNode like(SqlCall call) {
        SqlLikeOperator operator = (SqlLikeOperator) call.getOperator();
        SqlParserPos position = call.getParserPosition();
        SqlNode match;
        if (call.getKind() == SqlKind.RLIKE) {
            match = functions.named("regexp_like", call, position);
        } else {
            Operation operation = call.getKind() == SqlKind.SIMILAR
                    ? Operation.SIMILAR_TO
                    : operator.getName().endsWith("ILIKE") ? Operation.ILIKE : Operation.LIKE;
            SqlNode[] given = operands(call);
            SqlNode escape = given.length > 2 ? given[2] : SqlLiteral.createCharString("", position);
            match = BuiltInOperator.of(operation).call(position, given[0], given[1], escape);
        }
        return operator.isNegated() ? SqlStdOperatorTable.NOT.createCall(position, match) : match;
    }

    private SqlNode regex(SqlCall call, @Nullable String flags) {
        SqlParserPos position = call.getParserPosition();
        List<SqlNode> arguments = new ArrayList<>(List.of(operands(call)));
        if (flags != null) {
            arguments.add(SqlLiteral.createCharString(flags, position));
        }
        SqlNode match = functions.resolved("regexp_like", arguments, position);
        boolean negated = call.getOperator().getName().startsWith("NEGATED");
        return negated ? SqlStdOperatorTable.NOT.createCall(position, match) : match;
    }

    private SqlNode cast(SqlCall call) {
        if (!(call.operand(1) instanceof SqlDataTypeSpec spec)) {
            throw unsupported(call, "CAST to an interval of one unit", "CAST(... AS INTERVAL)");
        }
        boolean lenient = call.getKind() == SqlKind.SAFE_CAST;
        return new CastOperator(TypeSpecs.read(spec), lenient).call(call.getParserPosition(), rewrite(call.operand(0)));
    }

    private SqlNode member(SqlCall call) {
        String member = ((SqlIdentifier) call.operand(1)).getSimple();
        return new MemberOperator(member).call(call.getParserPosition(), rewrite(call.operand(0)));
    }

    /** The members of ROW(a, b) are named after columns, or c0, c1, ... */
    private SqlNode row(SqlCall call) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < call.operandCount(); i++) {
            names.add(call.operand(i) instanceof SqlIdentifier id ? id.names.get(id.names.size() - 1) : "c" + i);
        }
        return new StructOperator(names).call(call.getParserPosition(), operands(call));
    }

    OverWindows windows() {
        return overs.windows();
    }

    static LaminarException unsupported(SqlNode node, String what, @Nullable String hint) {
        return new LaminarException(ErrorCode.UNSUPPORTED_SQL, what + " is not supported", Places.of(node), hint, null);
    }
}
