package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Repeats every row once per grouping set. The result has the input's columns, then one column per key, which is NULL in
 * the rows of sets that do not group by it, then an INT with the position of the set.
 *
 * @param keys input columns
 * @param sets for each grouping set the positions in {@code keys} it groups by
 */
public record ExpandNode(PlanNode input, List<Integer> keys, List<List<Integer>> sets, Schema schema)
        implements PlanNode {
    public ExpandNode {
        keys = List.copyOf(keys);
        sets = sets.stream().map(List::copyOf).toList();
    }

    @Override
    public ChangelogMode changelog() {
        return input.changelog();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new ExpandNode(inputs.get(0), keys, sets, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitExpand(this);
    }
}
