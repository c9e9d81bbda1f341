package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/** All rows of all inputs, whose columns have the same types. */
public record UnionNode(List<PlanNode> inputs, Schema schema) implements PlanNode {
    public UnionNode {
        inputs = List.copyOf(inputs);
    }

    @Override
    public ChangelogMode changelog() {
        return inputs.stream().allMatch(i -> i.changelog() == ChangelogMode.APPEND)
                ? ChangelogMode.APPEND
                : ChangelogMode.RETRACT;
    }

    @Override
    public PlanNode withInputs(List<PlanNode> replacement) {
        return new UnionNode(replacement, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitUnion(this);
    }
}
