package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Turns a stream that only says what the row of a key is now, or that it is gone, into one that also takes the row before
 * back: for every key its last row is kept. Changes of one key have to come in order.
 *
 * @param keys columns of the key; the others may be NULL in a row that says its key is gone
 */
public record NormalizeNode(PlanNode input, List<Integer> keys) implements PlanNode {
    public NormalizeNode {
        keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.RETRACT;
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        return List.of(ColumnSet.of(keys));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new NormalizeNode(inputs.get(0), keys);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitNormalize(this);
    }
}
