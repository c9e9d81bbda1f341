package io.laminar.plan.node;

import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Writes a table.
 */
public record SinkNode(PlanNode input, TableDescriptor table) implements PlanNode {
    @Override
    public Schema schema() {
        return input.schema();
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
        return new SinkNode(inputs.get(0), table);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSink(this);
    }
}
