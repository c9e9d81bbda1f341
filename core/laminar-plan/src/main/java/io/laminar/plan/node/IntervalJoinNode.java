package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Joins rows whose event times are at most so far apart: a right row is between {@code lower} and {@code upper}
 * microseconds later than the left one (negative: earlier). The event time of a pair is the greater of the two; a row
 * without a match leaves once none can come any more, with the event time that was the last for one.
 */
public record IntervalJoinNode(JoinParts parts, long lower, long upper) implements PlanNode {
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
        return new IntervalJoinNode(parts.withInputs(inputs), lower, upper);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitIntervalJoin(this);
    }
}
