package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Orders all rows of an input that ends and keeps some of them.
 *
 * @param order may be empty: then only offset and limit apply, in order of arrival
 * @param limit {@link Long#MAX_VALUE} for all
 */
public record SortLimitNode(PlanNode input, List<SortKey> order, long offset, long limit) implements PlanNode {
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
        return new SortLimitNode(inputs.get(0), order, offset, limit);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSortLimit(this);
    }
}
