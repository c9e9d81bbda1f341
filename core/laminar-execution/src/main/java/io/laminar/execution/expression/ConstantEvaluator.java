package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.plan.expression.Expression;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Computes expressions that read no columns, for planning and for tests. */
public final class ConstantEvaluator {
    private static final Schema NOTHING = Schema.of();

    private ConstantEvaluator() {}

    /**
     * The value of an expression without inputs, in the form of {@link Values}.
     *
     * @throws LaminarException if the expression fails, or asks for the time or for random numbers
     */
    public static @Nullable Object evaluate(Expression expression) {
        return evaluate(expression, NoContext.INSTANCE, FunctionRegistry.builtin());
    }

    /** As {@link #evaluate(Expression)} with a clock, a random source and certain functions. */
    public static @Nullable Object evaluate(
            Expression expression, EvaluationContext context, FunctionRegistry functions) {
        CompiledExpressions compiled =
                new ExpressionCompiler(functions).compileFolded(NOTHING, null, List.of(Balance.of(expression)), null);
        return read(List.of(expression), compiled, context).get(0);
    }

    static List<@Nullable Object> evaluate(ExpressionCompiler compiler, List<Expression> expressions) {
        List<Expression> balanced = expressions.stream().map(Balance::of).toList();
        CompiledExpressions compiled = compiler.compileFolded(NOTHING, null, balanced, null);
        return read(expressions, compiled, NoContext.INSTANCE);
    }

    private static List<@Nullable Object> read(
            List<Expression> expressions, CompiledExpressions compiled, EvaluationContext context) {
        Batch row = new Batch(1, new Column[0], new long[1], null);
        Batch result = Objects.requireNonNull(compiled.evaluate(row, context));
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < expressions.size(); i++) {
            values.add(Values.read(expressions.get(i).type(), result.column(i), 0));
        }
        return values;
    }
}
