package io.laminar.execution.expression;

import io.laminar.execution.function.FunctionRegistry;
import io.laminar.execution.user.RowFailure;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Case;
import io.laminar.plan.expression.Expression.Cast;
import io.laminar.plan.expression.Expression.FunctionCall;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expression.Member;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.Volatility;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Computes parts of expressions that depend on nothing, once. A part that fails stays: its row may never come. */
final class ConstantFolder {
    private final ExpressionCompiler compiler;
    private final Traits traits;
    private final Map<Expression, Literal> values = new HashMap<>();

    ConstantFolder(ExpressionCompiler compiler, FunctionRegistry functions) {
        this.compiler = compiler;
        this.traits = new Traits(functions);
    }

    /** Computes the constant parts of some expressions, all of them by one generated class if none fails. */
    void learn(List<Expression> expressions) {
        Set<Expression> constants = new LinkedHashSet<>();
        expressions.forEach(e -> collect(e, constants));
        if (constants.isEmpty()) {
            return;
        }
        List<Expression> all = List.copyOf(constants);
        List<@Nullable Object> together = evaluate(all);
        for (int i = 0; i < all.size(); i++) {
            Expression constant = all.get(i);
            if (!together.isEmpty()) {
                values.put(constant, new Literal(together.get(i), constant.type()));
                continue;
            }
            List<@Nullable Object> alone = evaluate(List.of(constant));
            if (!alone.isEmpty()) {
                values.put(constant, new Literal(alone.get(0), constant.type()));
            }
        }
    }

    /** What was computed. */
    Map<Expression, Literal> values() {
        return Map.copyOf(values);
    }

    /** The values, or nothing if one of them has none. */
    private List<@Nullable Object> evaluate(List<Expression> constants) {
        try {
            return ConstantEvaluator.evaluate(compiler, constants);
        } catch (LaminarException | RowFailure failure) {
            return List.of();
        }
    }

    private void collect(Expression expression, Set<Expression> constants) {
        Traits.Trait trait = traits.of(expression);
        if (expression instanceof Literal) {
            return;
        }
        if (trait.constant() && trait.volatility() == Volatility.IMMUTABLE) {
            constants.add(expression);
            return;
        }
        Expressions.children(expression).forEach(child -> collect(child, constants));
    }

    Expression fold(Expression expression) {
        Literal value = values.get(expression);
        if (value != null) {
            return value;
        }
        if (expression instanceof Call call) {
            return new Call(call.operation(), all(call.arguments()), call.type(), call.nullable());
        }
        if (expression instanceof FunctionCall call) {
            return call.withArguments(all(call.arguments()));
        }
        if (expression instanceof Cast cast) {
            return new Cast(fold(cast.argument()), cast.type(), cast.nullable(), cast.lenient());
        }
        if (expression instanceof Member member) {
            return new Member(fold(member.struct()), member.index(), member.type(), member.nullable());
        }
        if (expression instanceof Case choice) {
            return new Case(
                    choice.branches().stream()
                            .map(b -> new Case.Branch(fold(b.condition()), fold(b.value())))
                            .toList(),
                    fold(choice.otherwise()),
                    choice.type(),
                    choice.nullable());
        }
        return expression;
    }

    private List<Expression> all(List<Expression> expressions) {
        return expressions.stream().map(this::fold).toList();
    }
}
