package io.laminar.sql.type;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.MapType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The types of operators. The validator asks to check a query, the planner asks again to insert the casts, so both
 * follow the same rules.
 */
public final class OperatorTyping {

    private OperatorTyping() {}

    /**
     * Types a call of an operation.
     *
     * @throws LaminarException TYPE_MISMATCH, or INVALID_LITERAL for a text that is no value of the type expected
     */
    public static Resolution resolve(Operation operation, List<Operand> operands) {
        return switch (operation) {
            case ADD, SUBTRACT -> addition(operation, operands.get(0), operands.get(1));
            case MULTIPLY -> multiplication(operands.get(0), operands.get(1));
            case DIVIDE -> division(operands.get(0), operands.get(1));
            case MODULO -> numeric(operation, operands.get(0), operands.get(1));
            case NEGATE -> negation(operands.get(0).type());
            case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL, NOT_DISTINCT, DISTINCT ->
                comparison(operation, operands);
            case IN -> comparison(operation, operands);
            case AND, OR, NOT, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE ->
                allOf(Scalar.BOOLEAN, operation, operands);
            case IS_NULL, IS_NOT_NULL ->
                Resolution.of(Scalar.BOOLEAN, operands.get(0).type());
            case COALESCE -> common(operation, operands);
            case LIKE, ILIKE, SIMILAR_TO -> matching(operation, operands);
            case CONCAT -> concatenation(operands);
            case STRUCT -> throw new IllegalArgumentException("a struct's type follows from its names");
            case ARRAY -> array(operands);
            case MAP -> map(operands);
            case ELEMENT -> element(operands.get(0).type(), operands.get(1).type());
        };
    }

    // Arithmetic ----------------------------------------------------------------------------------------------------

    private static Resolution addition(Operation operation, Operand left, Operand right) {
        Operand a = isTemporal(right.type()) ? left.as(expectedBeside(right.type())) : left;
        Operand b = isTemporal(left.type()) ? right.as(expectedBeside(left.type())) : right;
        DataType x = a.type();
        DataType y = b.type();
        if (isInterval(y) && (isInstant(x) || x == Scalar.TIME)) {
            return shift(operation, x, y, false);
        }
        if (operation == Operation.ADD && isInterval(x) && (isInstant(y) || y == Scalar.TIME)) {
            return shift(operation, y, x, true);
        }
        if (isInterval(x) && (x == y || y == Scalar.NULL)) {
            return Resolution.of(x, x, x);
        }
        if (x == Scalar.DATE && TypeWidening.isInteger(y)) {
            return Resolution.of(Scalar.DATE, Scalar.DATE, Scalar.BIGINT);
        }
        if (operation == Operation.ADD && TypeWidening.isInteger(x) && y == Scalar.DATE) {
            return new Resolution(List.of(Scalar.DATE, Scalar.BIGINT), Scalar.DATE, true);
        }
        if (operation == Operation.SUBTRACT && isInstant(x) && isInstant(y)) {
            return x == Scalar.DATE && y == Scalar.DATE
                    ? Resolution.of(Scalar.INT, x, y)
                    : Resolution.of(Scalar.INTERVAL, Scalar.TIMESTAMP, Scalar.TIMESTAMP);
        }
        return numeric(operation, a, b);
    }

    /** What a text literal beside + or - and a temporal value is read as. */
    private static DataType expectedBeside(DataType type) {
        return isInterval(type) ? type : Scalar.INTERVAL;
    }

    /** A date turns into a timestamp, as in Postgres. */
    private static Resolution shift(Operation operation, DataType instant, DataType interval, boolean swapped) {
        if (instant == Scalar.TIME && interval == Scalar.INTERVAL_MONTHS) {
            throw mismatch(operation, List.of(Operand.of(instant), Operand.of(interval)));
        }
        DataType result = instant == Scalar.DATE ? Scalar.TIMESTAMP : instant;
        return new Resolution(List.of(result, interval), result, swapped);
    }

    private static Resolution multiplication(Operand left, Operand right) {
        if (isInterval(left.type()) && TypeWidening.isNumeric(right.type())) {
            return new Resolution(List.of(left.type(), factor(right.type())), left.type(), false);
        }
        if (isInterval(right.type()) && TypeWidening.isNumeric(left.type())) {
            return new Resolution(List.of(right.type(), factor(left.type())), right.type(), true);
        }
        if (exactDecimals(left.type(), right.type())) {
            Decimal a = DecimalRules.decimal(left.type());
            Decimal b = DecimalRules.decimal(right.type());
            return Resolution.of(DecimalRules.product(a, b), a, b);
        }
        return numeric(Operation.MULTIPLY, left, right);
    }

    private static Resolution division(Operand left, Operand right) {
        if (isInterval(left.type()) && TypeWidening.isNumeric(right.type())) {
            return Resolution.of(left.type(), left.type(), factor(right.type()));
        }
        if (exactDecimals(left.type(), right.type())) {
            Decimal a = DecimalRules.decimal(left.type());
            Decimal b = DecimalRules.decimal(right.type());
            return Resolution.of(DecimalRules.quotient(a, b), a, b);
        }
        return numeric(Operation.DIVIDE, left, right);
    }

    private static DataType factor(DataType number) {
        return TypeWidening.isInteger(number) ? Scalar.BIGINT : Scalar.DOUBLE;
    }

    private static Resolution numeric(Operation operation, Operand left, Operand right) {
        DataType x = left.type() == Scalar.NULL ? right.type() : left.type();
        DataType y = right.type() == Scalar.NULL ? left.type() : right.type();
        if (x == Scalar.NULL) {
            return Resolution.of(Scalar.BIGINT, Scalar.BIGINT, Scalar.BIGINT);
        }
        if (!TypeWidening.isNumeric(x) || !TypeWidening.isNumeric(y)) {
            throw mismatch(operation, List.of(left, right));
        }
        if (exactDecimals(x, y)) {
            Decimal a = DecimalRules.decimal(x);
            Decimal b = DecimalRules.decimal(y);
            Decimal result = operation == Operation.MODULO ? DecimalRules.remainder(a, b) : DecimalRules.sum(a, b);
            // Both sides have the result's scale, so that the operation works on unscaled values.
            Decimal operand = operation == Operation.MODULO ? DecimalRules.sum(a, b) : result;
            return Resolution.of(result, operand, operand);
        }
        if (TypeWidening.isInteger(x) && TypeWidening.isInteger(y)) {
            DataType wider = TypeWidening.cost(x, y).isPresent() ? y : x;
            return Resolution.of(wider, wider, wider);
        }
        DataType floating = x == Scalar.FLOAT && y == Scalar.FLOAT ? Scalar.FLOAT : Scalar.DOUBLE;
        return Resolution.of(floating, floating, floating);
    }

    private static Resolution negation(DataType type) {
        if (type == Scalar.NULL) {
            return Resolution.of(Scalar.BIGINT, Scalar.BIGINT);
        }
        if (!TypeWidening.isNumeric(type) && !isInterval(type)) {
            throw mismatch(Operation.NEGATE, List.of(Operand.of(type)));
        }
        return Resolution.of(type, type);
    }

    /** Whether both are DECIMAL or integers and at least one is DECIMAL. */
    private static boolean exactDecimals(DataType x, DataType y) {
        return (x instanceof Decimal && (y instanceof Decimal || TypeWidening.isInteger(y)))
                || (y instanceof Decimal && TypeWidening.isInteger(x));
    }

    // Comparison ----------------------------------------------------------------------------------------------------

    private static Resolution comparison(Operation operation, List<Operand> operands) {
        boolean ordering =
                switch (operation) {
                    case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                    default -> false;
                };
        DataType common = commonType(operands);
        if (common == null || (ordering && !isOrdered(common))) {
            throw mismatch(operation, operands);
        }
        return new Resolution(Collections.nCopies(operands.size(), common), Scalar.BOOLEAN, false);
    }

    private static Resolution common(Operation operation, List<Operand> operands) {
        DataType common = commonType(operands);
        if (common == null) {
            throw mismatch(operation, operands);
        }
        return new Resolution(Collections.nCopies(operands.size(), common), common, false);
    }

    /** The type all operands share, text literals read as what stands beside them; null if there is none. */
    private static @Nullable DataType commonType(List<Operand> operands) {
        List<DataType> typed = operands.stream()
                .filter(o -> !o.isTextLiteral())
                .map(Operand::type)
                .toList();
        Optional<DataType> expected = TypeWidening.common(typed);
        List<DataType> types = new ArrayList<>();
        for (Operand operand : operands) {
            types.add(expected.isPresent() ? operand.as(expected.get()).type() : operand.type());
        }
        return TypeWidening.common(types).orElse(null);
    }

    private static boolean isOrdered(DataType type) {
        return !(type instanceof ListType || type instanceof MapType || type instanceof StructType)
                && type != Scalar.JSON;
    }

    private static Resolution allOf(DataType type, Operation operation, List<Operand> operands) {
        for (Operand operand : operands) {
            if (operand.type() != type && operand.type() != Scalar.NULL) {
                throw mismatch(operation, operands);
            }
        }
        return new Resolution(Collections.nCopies(operands.size(), type), type, false);
    }

    // Text and nested values ----------------------------------------------------------------------------------------

    private static Resolution matching(Operation operation, List<Operand> operands) {
        for (Operand operand : operands) {
            if (TypeWidening.cost(operand.type(), Scalar.TEXT).isEmpty()) {
                throw mismatch(operation, operands);
            }
        }
        return new Resolution(Collections.nCopies(operands.size(), Scalar.TEXT), Scalar.BOOLEAN, false);
    }

    /** One side must be text; the other is written as text. */
    private static Resolution concatenation(List<Operand> operands) {
        boolean text = operands.stream().anyMatch(o -> o.type() == Scalar.TEXT || o.type() == Scalar.NULL);
        if (!text) {
            throw mismatch(Operation.CONCAT, operands);
        }
        return new Resolution(Collections.nCopies(operands.size(), Scalar.TEXT), Scalar.TEXT, false);
    }

    private static Resolution array(List<Operand> operands) {
        Resolution elements = common(Operation.ARRAY, operands);
        return new Resolution(elements.parameters(), new ListType(elements.result()), false);
    }

    private static Resolution map(List<Operand> operands) {
        List<Operand> keys = new ArrayList<>();
        List<Operand> values = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            (i % 2 == 0 ? keys : values).add(operands.get(i));
        }
        DataType key = common(Operation.MAP, keys).result();
        DataType value = common(Operation.MAP, values).result();
        List<DataType> parameters = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            parameters.add(i % 2 == 0 ? key : value);
        }
        return new Resolution(parameters, new MapType(key, value), false);
    }

    private static Resolution element(DataType container, DataType index) {
        if (container instanceof ListType list && (TypeWidening.isInteger(index) || index == Scalar.NULL)) {
            return Resolution.of(list.element(), list, Scalar.BIGINT);
        }
        if (container instanceof MapType map
                && TypeWidening.cost(index, map.key()).isPresent()) {
            return Resolution.of(map.value(), map, map.key());
        }
        if (container == Scalar.JSON && (index == Scalar.TEXT || TypeWidening.isInteger(index))) {
            return Resolution.of(Scalar.JSON, Scalar.JSON, index == Scalar.TEXT ? Scalar.TEXT : Scalar.BIGINT);
        }
        throw new LaminarException(
                ErrorCode.TYPE_MISMATCH,
                "[ ] takes an array and an integer, or a map and one of its keys, not " + container.sql() + " and "
                        + index.sql());
    }

    // Shared --------------------------------------------------------------------------------------------------------

    private static boolean isInterval(DataType type) {
        return type == Scalar.INTERVAL || type == Scalar.INTERVAL_MONTHS;
    }

    private static boolean isInstant(DataType type) {
        return type == Scalar.TIMESTAMP || type == Scalar.TIMESTAMPTZ || type == Scalar.DATE;
    }

    private static boolean isTemporal(DataType type) {
        return isInterval(type) || isInstant(type) || type == Scalar.TIME;
    }

    private static LaminarException mismatch(Operation operation, List<Operand> operands) {
        String types = operands.stream().map(o -> o.type().sql()).distinct().collect(Collectors.joining(" and "));
        return new LaminarException(
                ErrorCode.TYPE_MISMATCH,
                "operator " + operation.symbol() + " does not take " + types,
                "convert one side with CAST(... AS type) or ::type");
    }
}
