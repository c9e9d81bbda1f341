package io.laminar.plan.node;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * One of the further streams that leave a node: records a source could not decode, or late rows.
 */
public record LaneNode(PlanNode input, Batch.Lane lane, Schema schema) implements PlanNode {
    /** The late rows of one of a node's inputs, as the node got them. */
    public static LaneNode late(PlanNode node, int input) {
        return new LaneNode(
                node, Batch.Lane.late(input), node.inputs().get(input).schema());
    }

    /** Position of the node's input whose late rows these are; only for lanes of late rows. */
    public int lateInput() {
        return lane == Batch.Lane.LATE ? 0 : 1;
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new LaneNode(inputs.get(0), lane, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitLane(this);
    }
}
