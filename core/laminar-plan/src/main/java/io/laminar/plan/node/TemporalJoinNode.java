package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Joins every left row with what the right input said about its key at the event time of the left row. The right input
 * may change: a key has one version from its event time on, until the next. Rows have the event time of the left row.
 */
public record TemporalJoinNode(JoinParts parts) implements PlanNode {
    @Override
    public Schema schema() {
        return parts.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<PlanNode> inputs() {
        return parts.inputs();
    }

    @Override
    public List<Integer> lateInputs() {
        return List.of(0, 1);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new TemporalJoinNode(parts.withInputs(inputs));
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitTemporalJoin(this);
    }
}
