package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionVisitor;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.type.DataType;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Which expressions can be computed while planning: they read no columns, call no functions of users, and have no arrays,
 * maps or structs inside, whose size nobody knows beforehand.
 */
final class ConstantParts implements ExpressionVisitor<Boolean> {
    private final IdentityHashMap<Expression, Boolean> known = new IdentityHashMap<>();

    boolean isConstant(Expression expression) {
        Boolean constant = known.get(expression);
        if (constant == null) {
            constant = isPlain(expression.type()) && expression.accept(this);
            known.put(expression, constant);
        }
        return constant;
    }

    /** Adds the largest constant parts that are not literals yet. */
    void collect(Expression expression, Collection<Expression> parts) {
        if (expression instanceof Expression.Literal) {
            return;
        }
        if (isConstant(expression)) {
            parts.add(expression);
        } else {
            Expressions.children(expression).forEach(child -> collect(child, parts));
        }
    }

    private static boolean isPlain(DataType type) {
        return switch (type.physical()) {
            case LIST, MAP, STRUCT -> false;
            default -> type != DataType.Scalar.BYTES && type != DataType.Scalar.NULL;
        };
    }

    private boolean all(List<Expression> expressions) {
        return expressions.stream().allMatch(this::isConstant);
    }

    @Override
    public Boolean visitInput(Expression.Input input) {
        return false;
    }

    @Override
    public Boolean visitRowtime(Expression.Rowtime rowtime) {
        return false;
    }

    @Override
    public Boolean visitMember(Expression.Member member) {
        return false;
    }

    @Override
    public Boolean visitLiteral(Expression.Literal literal) {
        return true;
    }

    @Override
    public Boolean visitCall(Expression.Call call) {
        return all(call.arguments());
    }

    @Override
    public Boolean visitFunctionCall(Expression.FunctionCall call) {
        return call.user() == null && all(call.arguments());
    }

    @Override
    public Boolean visitCast(Expression.Cast cast) {
        return isConstant(cast.argument());
    }

    @Override
    public Boolean visitCase(Expression.Case choice) {
        return all(Expressions.children(choice));
    }
}
