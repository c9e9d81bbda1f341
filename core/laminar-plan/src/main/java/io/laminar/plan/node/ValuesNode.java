package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Rows written in the query. Their event time is the epoch.
 *
 * @param rows literals in the form of {@link io.laminar.spi.batch.Values}
 */
public record ValuesNode(Schema schema, List<List<Expression.Literal>> rows) implements PlanNode {
    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of();
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return this;
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitValues(this);
    }
}
