package io.laminar.execution.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.simplify.ExpressionSimplifier;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Random expressions mean the same after they were made simpler, for every row for which they mean anything. */
class SimplifiedExpressionsTest {
    private static final long SEED = 20270214;
    private static final int CONDITIONS = 4_000;
    private static final int EXPRESSIONS = 1_500;
    private static final int ROWS = 12;
    private static final int ROUNDS = 6;

    private static final List<Operation> COMPARISONS = List.of(
            Operation.EQUAL,
            Operation.NOT_EQUAL,
            Operation.LESS,
            Operation.LESS_OR_EQUAL,
            Operation.GREATER,
            Operation.GREATER_OR_EQUAL,
            Operation.DISTINCT,
            Operation.NOT_DISTINCT);

    private static final Schema NUMBERS = new Schema(List.of(
            new Field("a", Scalar.BIGINT, true),
            new Field("b", Scalar.BIGINT, false),
            new Field("c", Scalar.BOOLEAN, true),
            new Field("d", Scalar.BOOLEAN, false)));

    private final ExpressionSimplifier simplifier = new ExpressionSimplifier();

    @Test
    void anyExpression() {
        for (int i = 0; i < EXPRESSIONS; i++) {
            RandomExpressions source = new RandomExpressions(new Random(SEED + i));
            Expression expression = source.expression(source.type(), 3);
            List<List<Object>> rows = new ArrayList<>();
            for (int r = 0; r < ROWS; r++) {
                rows.add(source.row(true));
            }
            check(expression, rows, SEED + i);
        }
    }

    @Test
    void conditionsOverFewValues() {
        int smaller = 0;
        for (int i = 0; i < CONDITIONS; i++) {
            Random random = new Random(SEED + i);
            Expression expression = condition(random, 3);
            List<List<Object>> rows = new ArrayList<>();
            for (int r = 0; r < ROWS; r++) {
                Long a = random.nextInt(4) == 0 ? null : (Long) (long) random.nextInt(5);
                Boolean c = random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean();
                rows.add(Arrays.asList(a, (long) random.nextInt(5), c, random.nextBoolean()));
            }
            check(expression, rows, SEED + i);
            if (simplifier.condition(expression).toString().length()
                    < expression.toString().length()) {
                smaller++;
            }
        }
        assertTrue(smaller > CONDITIONS / 2, smaller + " became shorter");
    }

    private void check(Expression expression, List<List<Object>> rows, long seed) {
        Expression simple = simplifier.rewrite(expression);
        boolean isCondition = expression.type() == Scalar.BOOLEAN;
        Expression asCondition = isCondition ? simplifier.condition(expression) : simple;
        Supplier<String> message = () -> "seed " + seed + ": " + expression + " -> " + simple + " or " + asCondition;
        assertEquals(expression.type(), simple.type(), message);
        if (isCondition) {
            assertComesToRest(asCondition, message);
        }
        for (List<Object> row : rows) {
            Interpreter interpreter = new Interpreter(row, 7);
            Object expected;
            try {
                expected = interpreter.eval(expression);
            } catch (LaminarException e) {
                // What fails may give anything, for example nothing.
                continue;
            }
            Object actual = interpreter.eval(simple);
            assertTrue(
                    expected instanceof byte[] bytes
                            ? Arrays.equals(bytes, (byte[]) actual)
                            : java.util.Objects.equals(expected, actual),
                    () -> message.get() + "\nrow " + RandomExpressions.shown(row));
            assertTrue(expected != null || simple.nullable() || !expression.nullable(), message);
            if (isCondition) {
                assertEquals(
                        Boolean.TRUE.equals(expected),
                        Boolean.TRUE.equals(interpreter.eval(asCondition)),
                        () -> message.get() + "\nrow " + RandomExpressions.shown(row));
            }
        }
    }

    /** One simplification may make room for another, but not for ever. */
    private void assertComesToRest(Expression condition, Supplier<String> message) {
        Expression before = condition;
        for (int i = 0; i < ROUNDS; i++) {
            Expression after = simplifier.condition(before);
            if (after.equals(before)) {
                return;
            }
            before = after;
        }
        fail(message.get());
    }

    private static Expression condition(Random random, int depth) {
        if (depth == 0) {
            return leaf(random);
        }
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> {
                Expression[] terms = new Expression[2 + random.nextInt(3)];
                Arrays.setAll(terms, i -> condition(random, depth - 1));
                yield Ex.test(random.nextBoolean() ? Operation.AND : Operation.OR, terms);
            }
            case 3 -> Ex.test(Operation.NOT, condition(random, depth - 1));
            case 4 -> {
                List<Operation> tests =
                        List.of(Operation.IS_NULL, Operation.IS_NOT_NULL, Operation.IS_TRUE, Operation.IS_NOT_FALSE);
                yield new Expression.Call(
                        tests.get(random.nextInt(4)), List.of(condition(random, depth - 1)), Scalar.BOOLEAN, false);
            }
            case 5 ->
                new Expression.Case(
                        List.of(new Expression.Case.Branch(condition(random, depth - 1), condition(random, depth - 1))),
                        leaf(random),
                        Scalar.BOOLEAN,
                        true);
            default -> leaf(random);
        };
    }

    private static Expression leaf(Random random) {
        Expression number = Ex.in(NUMBERS, random.nextInt(2));
        return switch (random.nextInt(10)) {
            case 0 -> Ex.in(NUMBERS, 2 + random.nextInt(2));
            case 1 -> random.nextInt(3) == 0 ? Ex.nul(Scalar.BOOLEAN) : Ex.lit(random.nextBoolean());
            case 2 -> {
                Expression[] arguments = new Expression[2 + random.nextInt(4)];
                Arrays.setAll(arguments, i -> i == 0 ? number : constant(random));
                yield new Expression.Call(Operation.IN, List.of(arguments), Scalar.BOOLEAN, true);
            }
            case 3 ->
                new Expression.Call(
                        random.nextBoolean() ? Operation.IS_NULL : Operation.IS_NOT_NULL,
                        List.of(number),
                        Scalar.BOOLEAN,
                        false);
            case 4 -> comparison(random, number, Ex.in(NUMBERS, random.nextInt(2)));
            case 5 -> comparison(random, constant(random), number);
            default -> comparison(random, number, constant(random));
        };
    }

    private static Expression comparison(Random random, Expression left, Expression right) {
        Operation operation = COMPARISONS.get(random.nextInt(COMPARISONS.size()));
        boolean certain = operation == Operation.DISTINCT || operation == Operation.NOT_DISTINCT;
        return new Expression.Call(
                operation, List.of(left, right), Scalar.BOOLEAN, !certain && (left.nullable() || right.nullable()));
    }

    private static Expression constant(Random random) {
        return random.nextInt(12) == 0 ? Ex.nul(Scalar.BIGINT) : Ex.lit((long) random.nextInt(5));
    }
}
