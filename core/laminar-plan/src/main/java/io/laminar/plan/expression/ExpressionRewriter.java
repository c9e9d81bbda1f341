package io.laminar.plan.expression;

import java.util.List;

/** Rebuilds an expression from the leaves up; subclasses replace what they care for. */
public class ExpressionRewriter implements ExpressionVisitor<Expression> {

    /** Subclasses that know what becomes of an expression as a whole need not look at its parts. */
    public Expression rewrite(Expression expression) {
        return expression.accept(this);
    }

    public final List<Expression> rewrite(List<Expression> expressions) {
        return expressions.stream().map(this::rewrite).toList();
    }

    @Override
    public Expression visitInput(Expression.Input input) {
        return input;
    }

    @Override
    public Expression visitRowtime(Expression.Rowtime rowtime) {
        return rowtime;
    }

    @Override
    public Expression visitMember(Expression.Member member) {
        return new Expression.Member(rewrite(member.struct()), member.index(), member.type(), member.nullable());
    }

    @Override
    public Expression visitLiteral(Expression.Literal literal) {
        return literal;
    }

    @Override
    public Expression visitCall(Expression.Call call) {
        return new Expression.Call(call.operation(), rewrite(call.arguments()), call.type(), call.nullable());
    }

    @Override
    public Expression visitFunctionCall(Expression.FunctionCall call) {
        return call.withArguments(rewrite(call.arguments()));
    }

    @Override
    public Expression visitCast(Expression.Cast cast) {
        return new Expression.Cast(rewrite(cast.argument()), cast.type(), cast.nullable(), cast.lenient());
    }

    @Override
    public Expression visitCase(Expression.Case choice) {
        return new Expression.Case(
                choice.branches().stream()
                        .map(b -> new Expression.Case.Branch(rewrite(b.condition()), rewrite(b.value())))
                        .toList(),
                rewrite(choice.otherwise()),
                choice.type(),
                choice.nullable());
    }
}
