package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Puts rows into windows without grouping them: each row leaves once per window it is in, with two TIMESTAMP columns
 * appended, the start and the end of the window. Rows keep their event time.
 *
 * @param window neither a session, which only grouping can find, nor attached
 */
public record WindowAssignNode(PlanNode input, WindowSpec window, Schema schema) implements PlanNode {
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
        return new WindowAssignNode(inputs.get(0), window, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitWindowAssign(this);
    }
}
