package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Folds a changelog and emits what is left when the input ends, as inserts.
 */
public record FinalRowsNode(PlanNode input) implements PlanNode {
    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
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
        return new FinalRowsNode(inputs.get(0));
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitFinalRows(this);
    }
}
