package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * One row per key of a changelog that may have several: the one that came last of those that have not been taken back. For
 * tables whose key is not one by which the changes come in order.
 *
 * @param keys columns of the key
 * @param ttl microseconds of processing time after which a key that got no change is forgotten; 0: never
 */
public record MaterializeNode(PlanNode input, List<Integer> keys, Emit emit, long ttl) implements PlanNode {
    public MaterializeNode {
        keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return emit.mode();
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
        return new MaterializeNode(inputs.get(0), keys, emit, ttl);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitMaterialize(this);
    }
}
