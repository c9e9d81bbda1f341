package io.laminar.sql.validate;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.UserFunction;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.AggregateFunction;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.ProcessingTimeOperator;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.function.ScalarFunction;
import io.laminar.sql.function.StructOperator;
import io.laminar.sql.function.UnknownOperator;
import io.laminar.sql.function.UnnestOperator;
import io.laminar.sql.function.UserAggregateFunction;
import io.laminar.sql.function.UserOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.fun.SqlTrimFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Calls of functions by name, and the clauses that only aggregates have. */
final class FunctionCalls {
    private static final Set<String> COALESCE = Set.of("coalesce", "ifnull", "nvl");

    private final FunctionCatalog catalog;
    private final ExpressionRewriter expressions;

    FunctionCalls(FunctionCatalog catalog, ExpressionRewriter expressions) {
        this.catalog = catalog;
        this.expressions = expressions;
    }

    /** A call of whatever function the parser found. */
    SqlNode call(SqlCall call) {
        String name = call.getOperator().getName();
        SqlParserPos position = call.getParserPosition();
        switch (name.toUpperCase(Locale.ROOT)) {
            case "TRIM":
                if (call.operandCount() == 3) {
                    return trim(call);
                }
                break;
            case "EXTRACT", "FLOOR", "CEIL", "CEILING":
                return withUnit(call, name);
            case "GROUPING", "GROUPING_ID":
                return SqlStdOperatorTable.GROUPING.createCall(position, expressions.operands(call));
            case "UNNEST":
                return new UnnestOperator(Places.of(position)).call(position, List.of(expressions.operands(call)));
            case "TIMESTAMPADD", "TIMESTAMPDIFF":
                return named(name, call, position);
            case "TRANSLATE3":
                return named("translate", call, position);
            default:
                break;
        }
        if (JsonCalls.matches(call)) {
            return JsonCalls.plain(call, this, expressions);
        }
        if (WindowCalls.isWindow(name)) {
            return WindowCalls.window(name, List.of(expressions.operands(call)), position);
        }
        if (WindowCalls.isPart(name)) {
            return WindowCalls.part(name, List.of(expressions.operands(call)), position);
        }
        return named(name, call, position);
    }

    SqlNode named(String name, SqlCall call, SqlParserPos position) {
        UserFunction declared = catalog.declared(name, Places.of(position)).orElse(null);
        if (declared != null && declared.kind() == UserFunction.Kind.AGGREGATE) {
            return aggregate(new UserAggregateFunction(declared), call);
        }
        FunctionDeclaration declaration = catalog.find(name).orElse(null);
        if (declaration != null && declaration.kind() == FunctionKind.AGGREGATE) {
            return aggregate(new AggregateFunction(declaration), call);
        }
        if (declaration != null && (call.getFunctionQuantifier() != null || hasStar(call))) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    (hasStar(call) ? "*" : "DISTINCT") + " is for aggregates, which " + name.toLowerCase(Locale.ROOT)
                            + " is not",
                    Places.of(position),
                    null,
                    null);
        }
        SqlNode last = call.operandCount() == 0 ? null : call.operand(call.operandCount() - 1);
        if (last instanceof SqlNodeList) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "ORDER BY is for aggregates, which " + name.toLowerCase(Locale.ROOT) + " is not",
                    Places.of(last),
                    null,
                    null);
        }
        return resolved(name, List.of(operands(call)), position);
    }

    /** Units such as DAY in TIMESTAMPADD(DAY, 1, ts) become texts. */
    private SqlNode[] operands(SqlCall call) {
        return call.getOperandList().stream()
                .map(operand ->
                        operand instanceof SqlIntervalQualifier unit ? unit(unit) : expressions.rewrite(operand))
                .toArray(SqlNode[]::new);
    }

    private static SqlNode unit(SqlIntervalQualifier unit) {
        String name = unit.timeFrameName != null ? unit.timeFrameName : unit.timeUnitRange.toString();
        return SqlLiteral.createCharString(name.toLowerCase(Locale.ROOT), unit.getParserPosition());
    }

    /** A scalar function of a name with arguments that have been rewritten. */
    SqlNode resolved(String name, List<SqlNode> arguments, SqlParserPos position) {
        SqlNode[] operands = arguments.toArray(SqlNode[]::new);
        String lower = name.toLowerCase(Locale.ROOT);
        UserFunction declared = catalog.declared(name, Places.of(position)).orElse(null);
        if (declared != null) {
            return new UserOperator(declared).call(position, operands);
        }
        FunctionDeclaration declaration = catalog.find(name).orElse(null);
        boolean planned = lower.equals("row_time") || lower.equals("proctime");
        if (declaration != null && declaration.kind() == FunctionKind.SCALAR && !planned) {
            return new ScalarFunction(declaration).call(position, operands);
        }
        if (COALESCE.contains(lower) && operands.length > 0) {
            return BuiltInOperator.of(Operation.COALESCE).call(position, operands);
        }
        return switch (lower) {
            case "row_time" -> RowTimeOperator.INSTANCE.call(position, noArguments(name, operands, position));
            case "proctime" -> ProcessingTimeOperator.INSTANCE.call(position, noArguments(name, operands, position));
            case "nullif" -> nullIf(arguments(name, operands, 2, position), position);
            case "nvl2" -> nvl2(arguments(name, operands, 3, position), position);
            case "mod" -> BuiltInOperator.of(Operation.MODULO).call(position, arguments(name, operands, 2, position));
            case "make_array", "array" -> BuiltInOperator.of(Operation.ARRAY).call(position, operands);
            case "map" -> BuiltInOperator.of(Operation.MAP).call(position, operands);
            case "struct" -> new StructOperator(numbered(operands.length)).call(position, operands);
            case "named_struct" -> namedStruct(operands, position);
            case "get_field" -> member(arguments(name, operands, 2, position), position);
            case "if" -> conditional(arguments(name, operands, 3, position), position);
            default -> throw unknown(name, position);
        };
    }

    private LaminarException unknown(String name, SqlParserPos position) {
        return new LaminarException(
                ErrorCode.UNKNOWN_FUNCTION,
                "there is no function '" + name.toLowerCase(Locale.ROOT) + "'",
                Places.of(position),
                NearestName.hint(name, catalog.names()),
                null);
    }

    private static SqlNode[] noArguments(String name, SqlNode[] operands, SqlParserPos position) {
        return arguments(name, operands, 0, position);
    }

    private static SqlNode[] arguments(String name, SqlNode[] operands, int count, SqlParserPos position) {
        if (operands.length != count) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    name.toLowerCase(Locale.ROOT) + " takes " + count + " arguments, not " + operands.length,
                    Places.of(position),
                    null,
                    null);
        }
        return operands;
    }

    private static SqlNode nullIf(SqlNode[] operands, SqlParserPos position) {
        SqlNode equal = BuiltInOperator.of(Operation.EQUAL).call(position, operands);
        return choice(position, equal, SqlLiteral.createNull(position), operands[0]);
    }

    private static SqlNode nvl2(SqlNode[] operands, SqlParserPos position) {
        SqlNode present = SqlStdOperatorTable.IS_NOT_NULL.createCall(position, operands[0]);
        return choice(position, present, operands[1], operands[2]);
    }

    private static SqlNode choice(SqlParserPos position, SqlNode condition, SqlNode then, SqlNode otherwise) {
        return new SqlCase(position, null, SqlNodeList.of(condition), SqlNodeList.of(then), otherwise);
    }

    private static SqlNode conditional(SqlNode[] operands, SqlParserPos position) {
        return choice(position, operands[0], operands[1], operands[2]);
    }

    private static SqlNode member(SqlNode[] operands, SqlParserPos position) {
        String name = Literals.text(operands[1]);
        if (name == null) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "get_field takes a struct and the name of a member, as a text literal",
                    Places.of(position),
                    "get_field(location, 'lat')",
                    null);
        }
        return new MemberOperator(name).call(position, operands[0]);
    }

    private static List<String> numbered(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add("c" + i);
        }
        return names;
    }

    private static SqlNode namedStruct(SqlNode[] operands, SqlParserPos position) {
        List<String> names = new ArrayList<>();
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i + 1 < operands.length; i += 2) {
            String name = Literals.text(operands[i]);
            if (name == null) {
                break;
            }
            names.add(name);
            values.add(operands[i + 1]);
        }
        if (names.isEmpty() || names.size() * 2 != operands.length) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "named_struct takes names, as text literals, and values in turn",
                    Places.of(position),
                    "named_struct('lat', 52.5, 'lon', 13.4)",
                    null);
        }
        return new StructOperator(names).call(position, values.toArray(SqlNode[]::new));
    }

    // Functions with a syntax of their own --------------------------------------------------------------------------

    private SqlNode trim(SqlCall call) {
        SqlTrimFunction.Flag flag = ((SqlLiteral) call.operand(0)).getValueAs(SqlTrimFunction.Flag.class);
        String function =
                switch (flag) {
                    case LEADING -> "ltrim";
                    case TRAILING -> "rtrim";
                    default -> "btrim";
                };
        SqlNode text = expressions.rewrite(call.operand(2));
        String characters = Literals.text(call.operand(1));
        List<SqlNode> arguments =
                " ".equals(characters) ? List.of(text) : List.of(text, expressions.rewrite(call.operand(1)));
        return resolved(function, arguments, call.getParserPosition());
    }

    /** EXTRACT(DAY FROM x); FLOOR(x TO DAY) is date_trunc, FLOOR(x) the function. */
    private SqlNode withUnit(SqlCall call, String name) {
        SqlParserPos position = call.getParserPosition();
        if (name.equalsIgnoreCase("EXTRACT")) {
            return resolved("extract", List.of(operands(call)), position);
        }
        if (call.operandCount() == 2 && call.operand(1) instanceof SqlIntervalQualifier unit) {
            if (!name.equalsIgnoreCase("FLOOR")) {
                throw ExpressionRewriter.unsupported(
                        call, "CEIL of a time", "date_trunc('hour', x) + INTERVAL '1 hour'");
            }
            return resolved("date_trunc", List.of(unit(unit), expressions.rewrite(call.operand(0))), position);
        }
        return named(name.equalsIgnoreCase("CEILING") ? "ceil" : name, call, position);
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    private static boolean hasStar(SqlCall call) {
        return call.getOperandList().stream()
                .anyMatch(operand -> operand instanceof SqlIdentifier identifier && identifier.isStar());
    }

    private SqlNode aggregate(SqlAggFunction function, SqlCall call) {
        if (hasStar(call) && !function.getName().equals("count")) {
            throw new LaminarException(
                    ErrorCode.WRONG_ARGUMENTS,
                    "only count takes *, not " + function.getName(),
                    Places.of(call),
                    "name a column: " + function.getName() + "(column)",
                    null);
        }
        List<SqlNode> operands = new ArrayList<>();
        SqlNodeList order = null;
        for (SqlNode operand : call.getOperandList()) {
            if (operand instanceof SqlNodeList list) {
                order = list;
            } else if (operand instanceof SqlIdentifier id && id.isStar()) {
                operands.add(operand);
            } else {
                operands.add(expressions.rewrite(operand));
            }
        }
        SqlNode aggregate =
                new SqlBasicCall(function, operands, call.getParserPosition(), call.getFunctionQuantifier());
        return order == null
                ? aggregate
                : SqlStdOperatorTable.WITHIN_GROUP.createCall(
                        call.getParserPosition(), aggregate, expressions.rewriteList(order));
    }

    /** FILTER, WITHIN GROUP and the treatment of NULLs. */
    SqlNode aggregateClause(SqlCall call) {
        switch (call.getKind()) {
            case RESPECT_NULLS, IGNORE_NULLS:
                throw ExpressionRewriter.unsupported(
                        call, call.getOperator().getName(), "filter the NULLs: FILTER (WHERE x IS NOT NULL)");
            default:
                if (OrderedSets.matches(call)) {
                    return expressions.rewrite(OrderedSets.plain(call));
                }
                call.setOperand(0, expressions.rewrite(call.operand(0)));
                SqlNode clause = call.operand(1);
                call.setOperand(
                        1,
                        clause instanceof SqlNodeList list
                                ? expressions.rewriteList(list)
                                : expressions.rewrite(clause));
                if (call.operand(0) instanceof SqlCall inner && inner.getOperator() instanceof UnknownOperator) {
                    return inner;
                }
                return call;
        }
    }
}
