package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Joins the rows of each window of two inputs when the window closes. The event time of its rows is the end of the window
 * less one microsecond.
 *
 * @param leftWindow the windows that rows of the left input are in
 * @param rightWindow the same for the right input
 */
public record WindowJoinNode(JoinParts parts, WindowSpec.Attached leftWindow, WindowSpec.Attached rightWindow)
        implements PlanNode {
    @Override
    public Schema schema() {
        return parts.schema();
    }

    @Override
    public ChangelogMode changelog() {
        return ChangelogMode.APPEND;
    }

    @Override
    public List<PlanNode> inputs() {
        return parts.inputs();
    }

    @Override
    public List<Integer> lateInputs() {
        return List.of(0, 1);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new WindowJoinNode(parts.withInputs(inputs), leftWindow, rightWindow);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowJoin(this);
    }
}
