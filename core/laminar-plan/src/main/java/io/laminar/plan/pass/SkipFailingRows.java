package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionRewriter;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.spi.table.BadDataPolicy;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/**
 * A user function that throws leaves its row out, and does not fail the job, where all sources of the row say so of
 * records that cannot be decoded.
 */
public final class SkipFailingRows implements PlanPass {
    private static final ExpressionRewriter MARK = new ExpressionRewriter() {
        @Override
        public Expression visitFunctionCall(Expression.FunctionCall call) {
            Expression.FunctionCall rewritten = (Expression.FunctionCall) super.visitFunctionCall(call);
            return rewritten.user() == null
                    ? rewritten
                    : new Expression.FunctionCall(
                            rewritten.name(),
                            rewritten.signature(),
                            rewritten.arguments(),
                            rewritten.type(),
                            rewritten.nullable(),
                            rewritten.user().skippingRows());
        }
    };

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, SkipFailingRows::mark);
    }

    private static PlanNode mark(PlanNode node) {
        if (!(node instanceof FilterProjectNode project) || !isLenient(project)) {
            return node;
        }
        Expression condition = project.condition();
        Expression rowtime = project.rowtime();
        return new FilterProjectNode(
                project.input(),
                condition == null ? null : MARK.rewrite(condition),
                MARK.rewrite(project.projections()),
                rowtime == null ? null : MARK.rewrite(rowtime),
                project.schema());
    }

    private static boolean isLenient(PlanNode node) {
        Deque<PlanNode> open = new ArrayDeque<>(node.inputs());
        Set<PlanNode> seen = new HashSet<>();
        boolean any = false;
        while (!open.isEmpty()) {
            PlanNode next = open.pop();
            if (!seen.add(next)) {
                continue;
            }
            if (next instanceof SourceNode source) {
                if (source.table().badData() == BadDataPolicy.FAIL) {
                    return false;
                }
                any = true;
            }
            open.addAll(next.inputs());
        }
        return any;
    }
}
