package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Moves rows between subtasks.
 */
public record ExchangeNode(PlanNode input, Distribution distribution) implements PlanNode {
    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return input.changelog();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        return input.upsertKeys();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new ExchangeNode(inputs.get(0), distribution);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitExchange(this);
    }
}
