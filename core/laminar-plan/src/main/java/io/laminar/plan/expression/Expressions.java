package io.laminar.plan.expression;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionProvider;
import io.laminar.spi.function.Volatility;
import io.laminar.spi.type.DataType.Scalar;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Questions to expressions and rewrites of them that several passes need. */
public final class Expressions {
    private static final Set<String> VOLATILE =
            ServiceLoader.load(FunctionProvider.class, Expressions.class.getClassLoader()).stream()
                    .flatMap(provider -> provider.get().functions().stream())
                    .filter(function -> function.volatility() == Volatility.VOLATILE)
                    .map(FunctionDeclaration::name)
                    .collect(Collectors.toUnmodifiableSet());

    private Expressions() {}

    /** What an expression is directly made of. */
    public static List<Expression> children(Expression expression) {
        if (expression instanceof Expression.Call call) {
            return call.arguments();
        } else if (expression instanceof Expression.FunctionCall call) {
            return call.arguments();
        } else if (expression instanceof Expression.Cast cast) {
            return List.of(cast.argument());
        } else if (expression instanceof Expression.Member member) {
            return List.of(member.struct());
        } else if (expression instanceof Expression.Case choice) {
            List<Expression> all = new ArrayList<>();
            choice.branches().forEach(branch -> {
                all.add(branch.condition());
                all.add(branch.value());
            });
            all.add(choice.otherwise());
            return all;
        }
        return List.of();
    }

    /** Adds the input columns that an expression reads. */
    public static void collectInputs(@Nullable Expression expression, BitSet inputs) {
        if (expression != null) {
            new ExpressionRewriter() {
                @Override
                public Expression visitInput(Expression.Input input) {
                    inputs.set(input.index());
                    return input;
                }
            }.rewrite(expression);
        }
    }

    /** The same expression over an input whose columns have moved. */
    public static Expression moveInputs(Expression expression, IntUnaryOperator position) {
        return new ExpressionRewriter() {
            @Override
            public Expression visitInput(Expression.Input input) {
                return new Expression.Input(position.applyAsInt(input.index()), input.type(), input.nullable());
            }
        }.rewrite(expression);
    }

    /** An expression over projections as one over their input; {@code rowtime} is what the projections make of it. */
    public static Expression substitute(
            Expression expression, List<Expression> projections, @Nullable Expression rowtime) {
        return new ExpressionRewriter() {
            @Override
            public Expression visitInput(Expression.Input input) {
                return projections.get(input.index());
            }

            @Override
            public Expression visitRowtime(Expression.Rowtime ours) {
                return rowtime == null ? ours : rowtime;
            }

            @Override
            public Expression visitMember(Expression.Member member) {
                Expression struct = rewrite(member.struct());
                // The member of a struct made just now is what it was made of.
                return struct instanceof Expression.Call made && made.operation() == Operation.STRUCT
                        ? made.arguments().get(member.index())
                        : new Expression.Member(struct, member.index(), member.type(), member.nullable());
            }
        }.rewrite(expression);
    }

    /** Whether evaluating an expression twice may give two values. */
    public static boolean isVolatile(Expression expression) {
        boolean[] found = new boolean[1];
        new ExpressionRewriter() {
            @Override
            public Expression visitFunctionCall(Expression.FunctionCall call) {
                found[0] |= VOLATILE.contains(call.name());
                return super.visitFunctionCall(call);
            }
        }.rewrite(expression);
        return found[0];
    }

    /** The conjunction of two conditions, either of which may be missing. */
    public static @Nullable Expression and(@Nullable Expression first, @Nullable Expression second) {
        if (first == null || second == null) {
            return first == null ? second : first;
        }
        List<Expression> terms = new ArrayList<>(conjuncts(first));
        terms.addAll(conjuncts(second));
        return conjunction(terms);
    }

    /** The conditions that all have to hold for a condition to hold; none for a missing one. */
    public static List<Expression> conjuncts(@Nullable Expression condition) {
        if (condition == null) {
            return List.of();
        }
        return condition instanceof Expression.Call call && call.operation() == Operation.AND
                ? call.arguments()
                : List.of(condition);
    }

    /** A condition that holds where all of some conditions do; null for none. */
    public static @Nullable Expression conjunction(List<Expression> conditions) {
        return switch (conditions.size()) {
            case 0 -> null;
            case 1 -> conditions.get(0);
            default ->
                new Expression.Call(
                        Operation.AND,
                        conditions,
                        Scalar.BOOLEAN,
                        conditions.stream().anyMatch(Expression::nullable));
        };
    }

    /** Whether an expression depends on the hidden event time. */
    public static boolean readsRowtime(Expression expression) {
        return expression instanceof Expression.Rowtime
                || children(expression).stream().anyMatch(Expressions::readsRowtime);
    }
}
