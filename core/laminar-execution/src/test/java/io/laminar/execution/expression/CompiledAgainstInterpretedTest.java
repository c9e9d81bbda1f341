package io.laminar.execution.expression;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Random expressions over random rows: compiled they mean what they mean interpreted, whatever the batches. */
class CompiledAgainstInterpretedTest {
    private static final long SEED = 20261123;
    private static final int PROGRAMS = 200;
    private static final int MANY_PROGRAMS = 5000;
    private static final int ROWS = 24;
    private static final int DEPTH = 3;
    private static final int SHOWN = 8;

    private final ExpressionCompiler compiler = new ExpressionCompiler(FunctionRegistry.of(List.of()));

    /** What a row comes to: its values, nothing if it is filtered out, or the error. */
    private record Outcome(List<Object> values, ErrorCode error) {}

    @Test
    void meansTheSame() {
        compare(0, PROGRAMS);
    }

    @Test
    @Tag("slow")
    void meansTheSameAtLength() {
        compare(PROGRAMS, PROGRAMS + MANY_PROGRAMS);
    }

    private void compare(int from, int to) {
        int failing = 0;
        int passing = 0;
        List<AssertionError> failures = new ArrayList<>();
        for (int i = from; i < to; i++) {
            long seed = SEED + i;
            Random random = new Random(seed);
            RandomExpressions source = new RandomExpressions(random);
            List<Expression> projections = new ArrayList<>();
            for (int p = 1 + random.nextInt(3); p > 0; p--) {
                projections.add(source.expression(source.type(), DEPTH));
            }
            Expression condition = random.nextInt(3) == 0 ? null : source.expression(Scalar.BOOLEAN, DEPTH);
            boolean nulls = random.nextBoolean();
            List<List<Object>> rows = new ArrayList<>();
            for (int r = 0; r < ROWS; r++) {
                rows.add(source.row(nulls));
            }
            String message = "seed " + seed + ": " + condition + " -> " + projections;
            try {
                int[] counts = check(condition, projections, rows, message);
                passing += counts[0];
                failing += counts[1];
            } catch (AssertionError e) {
                failures.add(e);
                if (failures.size() == SHOWN) {
                    break;
                }
            }
        }
        if (!failures.isEmpty()) {
            AssertionError first = failures.get(0);
            failures.subList(1, failures.size()).forEach(first::addSuppressed);
            throw first;
        }
        assertTrue(
                passing > 1000 && failing > 300,
                passing + " rows pass, " + failing + " fail: the test sees too little");
    }

    private int[] check(Expression condition, List<Expression> projections, List<List<Object>> rows, String message) {
        CompiledExpressions compiled;
        try {
            compiled = compiler.compile(RandomExpressions.SCHEMA, condition, projections, null);
        } catch (LaminarException e) {
            // A constant pattern that cannot be read is refused before there are rows.
            assertEquals(ErrorCode.INVALID_ARGUMENT, e.code(), () -> message + "\n" + e.describe());
            return new int[] {0, 0};
        } catch (RuntimeException e) {
            throw new AssertionError(message, e);
        }
        List<List<Object>> good = new ArrayList<>();
        List<List<Object>> expected = new ArrayList<>();
        int failing = 0;
        for (List<Object> row : rows) {
            Outcome outcome = interpret(condition, projections, row);
            if (outcome.error() == null) {
                good.add(row);
                if (outcome.values() != null) {
                    expected.add(outcome.values());
                }
                continue;
            }
            if (failing++ < 3) {
                Batch single = Ex.batch(RandomExpressions.SCHEMA, List.of(row));
                LaminarException e = assertThrows(
                        LaminarException.class,
                        () -> compiled.evaluate(single, Ex.CONTEXT),
                        () -> message + "\nrow " + RandomExpressions.shown(row) + "\nexpected " + outcome.error());
                assertEquals(outcome.error(), e.code(), () -> message + "\nrow " + RandomExpressions.shown(row));
            }
        }
        List<DataType> types = projections.stream().map(Expression::type).toList();
        for (int size : new int[] {Math.max(1, good.size()), 1, 5}) {
            List<List<Object>> actual = new ArrayList<>();
            for (int from = 0; from < good.size(); from += size) {
                Batch batch =
                        Ex.batch(RandomExpressions.SCHEMA, good.subList(from, Math.min(from + size, good.size())));
                try {
                    actual.addAll(Ex.rows(compiled.evaluate(batch, Ex.CONTEXT), types));
                } catch (RuntimeException e) {
                    throw new AssertionError(message + "\nbatch size " + size, e);
                }
            }
            assertEquals(expected.size(), actual.size(), () -> message + "\nbatch size " + size);
            for (int r = 0; r < actual.size(); r++) {
                List<Object> wanted = expected.get(r);
                List<Object> got = actual.get(r);
                assertTrue(
                        equal(wanted, got),
                        () -> message + "\nbatch size " + size + "\nexpected " + RandomExpressions.shown(wanted)
                                + "\nactual   " + RandomExpressions.shown(got));
            }
        }
        return new int[] {expected.size(), failing};
    }

    private static Outcome interpret(Expression condition, List<Expression> projections, List<Object> row) {
        // Event times play no part here, so that rows mean the same in any batch.
        Interpreter interpreter = new Interpreter(row, 0);
        try {
            if (condition != null && !Boolean.TRUE.equals(interpreter.eval(condition))) {
                return new Outcome(null, null);
            }
            List<Object> values = new ArrayList<>();
            projections.forEach(p -> values.add(interpreter.eval(p)));
            return new Outcome(values, null);
        } catch (LaminarException e) {
            return new Outcome(null, e.code());
        }
    }

    private static boolean equal(Object a, Object b) {
        if (a instanceof List<?> x && b instanceof List<?> y) {
            boolean same = x.size() == y.size();
            for (int i = 0; same && i < x.size(); i++) {
                same = equal(x.get(i), y.get(i));
            }
            return same;
        }
        if (a instanceof Map<?, ?> x && b instanceof Map<?, ?> y) {
            return equal(new ArrayList<>(x.keySet()), new ArrayList<>(y.keySet()))
                    && equal(new ArrayList<>(x.values()), new ArrayList<>(y.values()));
        }
        if (a instanceof byte[] x && b instanceof byte[] y) {
            return Arrays.equals(x, y);
        }
        if (a instanceof BigDecimal x && b instanceof BigDecimal y) {
            return x.compareTo(y) == 0;
        }
        return a == null ? b == null : a.equals(b);
    }
}
