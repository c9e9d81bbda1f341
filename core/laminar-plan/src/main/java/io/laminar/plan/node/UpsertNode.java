package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Turns changes into those of a table with a key: per batch at most one row per key, none of them -U. Changes of one key
 * have to come in order. Over input that appends every row replaces the one with its key.
 *
 * @param keys columns of the key
 */
public record UpsertNode(PlanNode input, List<Integer> keys) implements PlanNode {
    public UpsertNode {
        keys = List.copyOf(keys);
    }

    @Override
    public Schema schema() {
        return input.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.UPSERT;
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
        return new UpsertNode(inputs.get(0), keys);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitUpsert(this);
    }
}
