package io.laminar.plan.expression;

/** One case per kind of {@link Expression}. */
public interface ExpressionVisitor<R> {
    R visitInput(Expression.Input input);

    R visitRowtime(Expression.Rowtime rowtime);

    R visitMember(Expression.Member member);

    R visitLiteral(Expression.Literal literal);

    R visitCall(Expression.Call call);

    R visitFunctionCall(Expression.FunctionCall call);

    R visitCast(Expression.Cast cast);

    R visitCase(Expression.Case choice);
}
