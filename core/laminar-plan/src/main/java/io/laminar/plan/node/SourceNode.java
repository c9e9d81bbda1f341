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
    public List<ColumnSet> upsertKeys() {
        // Only sources of changes promise that a key is there once.
        if (changelog == ChangelogMode.APPEND || table.primaryKey().isEmpty()) {
            return List.of();
        }
        List<Integer> key =
                table.primaryKey().stream().map(table.schema()::indexOf).toList();
        return key.contains(-1) ? List.of() : List.of(ColumnSet.of(key));
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
