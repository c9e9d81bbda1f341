package io.laminar.plan.node;

import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;

/** A table that can only be asked by key. It is part of a query while that is planned, and becomes part of its join. */
public record LookupNode(TableDescriptor table, LookupPolicy policy) implements PlanNode {
    @Override
    public Schema schema() {
        return table.schema();
    }

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
        return visitor.visitLookup(this);
    }
}
