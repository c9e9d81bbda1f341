package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.SignatureMatch;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;
import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.BuiltInOperator;
import io.laminar.sql.function.CastOperator;
import io.laminar.sql.function.ConstantOperator;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.sql.function.MemberOperator;
import io.laminar.sql.function.OverloadResolution;
import io.laminar.sql.function.ProcessingTimeOperator;
import io.laminar.sql.function.RowTimeOperator;
import io.laminar.sql.function.ScalarFunction;
import io.laminar.sql.function.StructOperator;
import io.laminar.sql.function.UnnestOperator;
import io.laminar.sql.function.UserArguments;
import io.laminar.sql.function.UserOperator;
import io.laminar.sql.function.WindowOperator;
import io.laminar.sql.type.Operand;
import io.laminar.sql.type.OperatorTyping;
import io.laminar.sql.type.RelTypes;
import io.laminar.sql.type.Resolution;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;

/** Calcite's row expressions as Laminar's: every cast in its place. */
final class ExpressionConverter {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private final IntFunction<Expression> inputs;
    private final Correlated correlated;

    /** What stands for a column of the query around. */
    interface Correlated {
        Expression of(RexCorrelVariable row, int column);
    }

    /** @param inputs the expression behind a column reference */
    ExpressionConverter(IntFunction<Expression> inputs) {
        this(inputs, (row, column) -> {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    "this use of a column of the query around is not supported",
                    "join the tables instead");
        });
    }

    /** @param correlated the expression behind a reference to the query around */
    ExpressionConverter(IntFunction<Expression> inputs, Correlated correlated) {
        this.inputs = inputs;
        this.correlated = correlated;
    }

    /** @throws LaminarException at the innermost call that has no expression */
    Expression convert(RexNode node) {
        try {
            return dispatch(node);
        } catch (LaminarException e) {
            throw locate(node, e);
        }
    }

    /** The error at the place of an expression, if it has none yet. */
    static LaminarException locate(RexNode node, LaminarException error) {
        return node instanceof RexCall call ? RelPlaces.locate(error, call.getParserPosition()) : error;
    }

    private Expression dispatch(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return inputs.apply(reference.getIndex());
        }
        if (node instanceof RexLiteral literal) {
            return literal(literal);
        }
        if (node instanceof RexFieldAccess access && access.getReferenceExpr() instanceof RexCorrelVariable outer) {
            return correlated.of(outer, access.getField().getIndex());
        }
        if (node instanceof RexFieldAccess access) {
            Expression struct = convert(access.getReferenceExpr());
            return member(struct, access.getField().getIndex());
        }
        if (node instanceof RexCall call) {
            return call(call);
        }
        throw new IllegalArgumentException("no expression of Laminar: " + node);
    }

    /** A column of the input. */
    Expression column(int index) {
        return inputs.apply(index);
    }

    static Expression member(Expression struct, int index) {
        DataType type = ((StructType) struct.type()).fields().get(index).type();
        return new Expression.Member(struct, index, type, true);
    }

    private static Expression literal(RexLiteral literal) {
        DataType type = RelTypes.from(literal.getType());
        if (literal.isNull()) {
            return new Literal(null, type);
        }
        Object value;
        if (type == Scalar.BOOLEAN) {
            value = Objects.requireNonNull(literal.getValueAs(Boolean.class));
        } else if (type == Scalar.TEXT) {
            value = Objects.requireNonNull(literal.getValueAs(String.class));
        } else if (type == Scalar.BYTES) {
            value = Objects.requireNonNull(literal.getValueAs(byte[].class));
        } else if (type == Scalar.BIGINT) {
            value = Objects.requireNonNull(literal.getValueAs(Long.class));
        } else if (type == Scalar.DOUBLE || type == Scalar.FLOAT) {
            value = Objects.requireNonNull(literal.getValueAs(Double.class));
        } else if (type instanceof Decimal decimal) {
            value = Objects.requireNonNull(literal.getValueAs(BigDecimal.class)).setScale(decimal.scale());
        } else {
            value = Objects.requireNonNull(literal.getValueAs(Integer.class));
        }
        return new Literal(value, type);
    }

    private Expression call(RexCall call) {
        SqlOperator operator = call.getOperator();
        if (operator instanceof BuiltInOperator builtIn) {
            List<Expression> operands = operands(call);
            return builtIn.operation() == Operation.ELEMENT && operands.get(0).type() == Scalar.JSON
                    ? function(installed("json_get_json"), operands)
                    : operation(builtIn.operation(), operands);
        }
        if (operator instanceof ScalarFunction function) {
            return function(function, operands(call));
        }
        if (operator instanceof UserOperator user) {
            return user(user.function(), operands(call));
        }
        if (operator instanceof ConstantOperator constant) {
            return new Literal(constant.value(), constant.dataType());
        }
        if (operator instanceof CastOperator cast) {
            return Casts.cast(convert(call.getOperands().get(0)), cast.target(), cast.lenient());
        }
        if (operator instanceof MemberOperator member) {
            Expression struct = convert(call.getOperands().get(0));
            return member(struct, member.index((StructType) struct.type()));
        }
        if (operator instanceof StructOperator struct) {
            List<Expression> members = operands(call);
            StructType type = struct.struct(
                    members.stream().map(m -> Operand.of(m.type())).toList());
            return new Expression.Call(Operation.STRUCT, members, type, false);
        }
        if (operator instanceof RowTimeOperator) {
            return new Expression.Rowtime();
        }
        if (operator instanceof ProcessingTimeOperator) {
            return currentTime();
        }
        if (operator instanceof UnnestOperator unnest) {
            throw unnest.misplaced();
        }
        if (operator instanceof WindowOperator window) {
            throw misplaced(window.function()).at(window.place());
        }
        return standard(call);
    }

    static LaminarException misplaced(String function) {
        return new LaminarException(
                ErrorCode.MISPLACED_WINDOW,
                function + " puts rows into windows and has no value outside of GROUP BY",
                "group by it: SELECT " + function + "(...) AS w, count(*) FROM t GROUP BY w");
    }

    private static Expression currentTime() {
        return Casts.cast(function(installed("now"), List.of()), Scalar.TIMESTAMP);
    }

    /** A function that an operator stands for. */
    private static ScalarFunction installed(String name) {
        return new ScalarFunction(FunctionCatalog.installed()
                .find(name)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.UNKNOWN_FUNCTION, "the function '" + name + "' is not installed")));
    }

    private List<Expression> operands(RexCall call) {
        List<Expression> operands = new ArrayList<>(call.getOperands().size());
        for (RexNode operand : call.getOperands()) {
            operands.add(convert(operand));
        }
        return operands;
    }

    private static List<Operand> typed(List<Expression> expressions) {
        return expressions.stream()
                .map(e -> new Operand(
                        e.type(), e instanceof Literal l && e.type() == Scalar.TEXT ? (String) l.value() : null))
                .toList();
    }

    private static Expression function(ScalarFunction function, List<Expression> operands) {
        SignatureMatch match = OverloadResolution.resolve(function.declaration(), typed(operands));
        List<Expression> arguments = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(Casts.cast(operands.get(i), match.parameters().get(i)));
        }
        return new Expression.FunctionCall(
                function.declaration().name(), match.signature().text(), arguments, match.result(), true);
    }

    private static Expression user(UserFunction function, List<Expression> operands) {
        List<DataType> parameters = UserArguments.check(function, typed(operands));
        List<Expression> arguments = new ArrayList<>(operands.size());
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(Casts.cast(operands.get(i), parameters.get(i)));
        }
        return new Expression.FunctionCall(
                function.name(), function.signature(), arguments, function.callType(), true, function);
    }

    static Expression operation(Operation operation, List<Expression> given) {
        List<Expression> operands = isComparison(operation) ? fitted(given) : given;
        Resolution resolution = OperatorTyping.resolve(operation, typed(operands));
        List<Expression> arguments = new ArrayList<>(operands.size());
        List<Boolean> nullable = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            Expression operand = operands.get(resolution.swapped() ? 1 - i : i);
            arguments.add(Casts.cast(operand, resolution.parameters().get(i)));
            nullable.add(operand.nullable());
        }
        if (resolution.result() == Scalar.DATE && (operation == Operation.ADD || operation == Operation.SUBTRACT)) {
            return shiftedDate(operation, arguments.get(0), arguments.get(1));
        }
        return new Expression.Call(
                operation, arguments, resolution.result(), BuiltInOperator.isNullable(operation, nullable));
    }

    /** A date some days later or earlier: there are only operations on timestamps and intervals. */
    private static Expression shiftedDate(Operation operation, Expression date, Expression days) {
        Expression span = operation(Operation.MULTIPLY, List.of(new Literal(MICROS_PER_DAY, Scalar.INTERVAL), days));
        Expression shifted = operation(operation, List.of(Casts.cast(date, Scalar.TIMESTAMP), span));
        return Casts.cast(shifted, Scalar.DATE);
    }

    private static boolean isComparison(Operation operation) {
        return switch (operation) {
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, DISTINCT, NOT_DISTINCT, IN -> true;
            default -> false;
        };
    }

    /** Number literals take the type of the column they are compared with, where that is exact: no cast per row. */
    private static List<Expression> fitted(List<Expression> operands) {
        List<DataType> types = operands.stream()
                .filter(operand -> !(operand instanceof Literal))
                .map(Expression::type)
                .distinct()
                .toList();
        if (types.size() != 1 || !TypeWidening.isNumeric(types.get(0))) {
            return operands;
        }
        List<Expression> fitted = new ArrayList<>(operands.size());
        for (Expression operand : operands) {
            Expression cast = operand instanceof Literal ? Casts.cast(operand, types.get(0)) : operand;
            if (operand instanceof Literal && (!(cast instanceof Literal) || operand.type() == Scalar.TEXT)) {
                return operands;
            }
            fitted.add(cast);
        }
        return fitted;
    }

    /** The few operators that stay Calcite's own. */
    private Expression standard(RexCall call) {
        return switch (call.getKind()) {
            case AND -> operation(Operation.AND, flat(call));
            case OR -> operation(Operation.OR, flat(call));
            case NOT -> operation(Operation.NOT, operands(call));
            // Of PIVOT: a value of the column and one that is written out.
            case EQUALS -> operation(Operation.EQUAL, operands(call));
            case COALESCE -> operation(Operation.COALESCE, operands(call));
            case IS_NULL -> operation(Operation.IS_NULL, operands(call));
            case IS_NOT_NULL -> operation(Operation.IS_NOT_NULL, operands(call));
            case IS_TRUE -> operation(Operation.IS_TRUE, operands(call));
            case IS_NOT_TRUE -> operation(Operation.IS_NOT_TRUE, operands(call));
            case IS_FALSE -> operation(Operation.IS_FALSE, operands(call));
            case IS_NOT_FALSE -> operation(Operation.IS_NOT_FALSE, operands(call));
            case CASE -> choice(call);
            case CAST -> Casts.cast(convert(call.getOperands().get(0)), RelTypes.from(call.getType()), false);
            default ->
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        "operator " + call.getOperator().getName() + " is not supported");
        };
    }

    /** The operands of a tree of ANDs, or of ORs, as one list. */
    private List<Expression> flat(RexCall call) {
        List<Expression> operands = new ArrayList<>();
        for (RexNode operand : call.getOperands()) {
            if (operand.getKind() == call.getKind()) {
                operands.addAll(flat((RexCall) operand));
            } else {
                operands.add(convert(operand));
            }
        }
        return operands;
    }

    private Expression choice(RexCall call) {
        DataType type = RelTypes.from(call.getType());
        List<Expression> operands = operands(call);
        List<Expression.Case.Branch> branches = new ArrayList<>();
        boolean nullable = false;
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            Expression value = Casts.cast(operands.get(i + 1), type);
            nullable |= value.nullable();
            branches.add(new Expression.Case.Branch(Casts.cast(operands.get(i), Scalar.BOOLEAN), value));
        }
        Expression otherwise = Casts.cast(operands.get(operands.size() - 1), type);
        return new Expression.Case(branches, otherwise, type, nullable || otherwise.nullable());
    }
}
