package io.laminar.plan.node;

import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Reads a table.
 *
 * @param table its columns are the node's schema
 * @param bounded whether it ends
 * @param changelog what its format carries
 */
public record SourceNode(TableDescriptor table, WatermarkSpec watermark, boolean bounded, ChangelogMode changelog)
        implements PlanNode {
    @Override
    public Schema schema() {
        return table.schema();
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
        return visitor.visitSource(this);
    }
}
