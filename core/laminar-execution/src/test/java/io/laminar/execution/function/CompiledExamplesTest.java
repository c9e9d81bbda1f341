package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ConstantEvaluator;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Volatility;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The examples of the reference again, by way of generated code: as constants, and with columns for arguments. */
class CompiledExamplesTest {
    private static final FunctionRegistry REGISTRY = FunctionRegistry.builtin();

    private static final EvaluationContext CONTEXT = new EvaluationContext() {
        @Override
        public long now() {
            return 1_719_837_296_789_000L;
        }

        @Override
        public double random() {
            return 0.5;
        }

        @Override
        public long randomLong() {
            return 7;
        }
    };

    private static String text(DataType type, Object value) {
        return value == null ? "NULL" : ValueText.of(type, value);
    }

    private static List<FunctionDeclaration.Example> examples() {
        return REGISTRY.declarations().stream()
                .filter(f -> f.volatility() != Volatility.VOLATILE)
                .flatMap(f -> f.examples().stream())
                .filter(e ->
                        !e.expression().contains("random") && !e.expression().contains("uuid"))
                .toList();
    }

    @Test
    void asConstants() {
        List<Executable> checks = new ArrayList<>();
        for (FunctionDeclaration.Example example : examples()) {
            checks.add(() -> {
                Expression expression = ExampleParser.parse(example.expression(), REGISTRY);
                Object value = ConstantEvaluator.evaluate(expression, CONTEXT, REGISTRY);
                assertEquals(example.result(), text(expression.type(), value), example.expression());
            });
        }
        assertTrue(checks.size() > 150, "only " + checks.size() + " examples found");
        assertAll(checks);
    }

    @Test
    void withColumnsForArguments() {
        List<Executable> checks = new ArrayList<>();
        for (FunctionDeclaration.Example example : examples()) {
            if (ExampleParser.parse(example.expression(), REGISTRY) instanceof Expression.FunctionCall call
                    && call.arguments().stream().allMatch(a -> a instanceof Expression.Literal)) {
                checks.add(() -> checkColumns(example, call));
            }
        }
        assertTrue(checks.size() > 120, "only " + checks.size() + " examples found");
        assertAll(checks);
    }

    /** Three rows: the example's arguments, NULLs, the example's arguments again. */
    private static void checkColumns(FunctionDeclaration.Example example, Expression.FunctionCall call) {
        List<Field> fields = new ArrayList<>();
        List<Expression> inputs = new ArrayList<>();
        Column[] columns = new Column[call.arguments().size()];
        for (int i = 0; i < columns.length; i++) {
            Expression.Literal literal = (Expression.Literal) call.arguments().get(i);
            fields.add(new Field("c" + i, literal.type()));
            inputs.add(new Expression.Input(i, literal.type(), true));
            ColumnBuilder builder = ColumnBuilder.of(literal.type(), 3);
            Values.append(literal.type(), builder, literal.value());
            builder.appendNull();
            Values.append(literal.type(), builder, literal.value());
            columns[i] = builder.build();
        }
        Expression overColumns = new Expression.FunctionCall(call.name(), call.signature(), inputs, call.type(), true);
        CompiledExpressions compiled =
                new ExpressionCompiler(REGISTRY).compile(new Schema(fields), null, List.of(overColumns), null);
        Batch result;
        ScalarFunction function = REGISTRY.find(call.signature()).orElseThrow();
        if (function.nulls() == NullHandling.CALLED) {
            // What it makes of NULLs is its own affair.
            result =
                    compiled.evaluate(new Batch(3, columns, new long[3], null).gather(new int[] {0, 0, 2}, 3), CONTEXT);
        } else {
            result = compiled.evaluate(new Batch(3, columns, new long[3], null), CONTEXT);
            if (columns.length > 0) {
                assertNull(Values.read(call.type(), result.column(0), 1), example.expression() + " over NULL");
            }
        }
        Column out = Objects.requireNonNull(result).column(0);
        assertEquals(example.result(), text(call.type(), Values.read(call.type(), out, 0)), example.expression());
        assertEquals(example.result(), text(call.type(), Values.read(call.type(), out, 2)), example.expression());
    }
}
