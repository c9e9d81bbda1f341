package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * Joins every left row with the one right row of its key that is closest in event time, on one side of it. The event time
 * of a pair is the greater of the two.
 *
 * @param match on which side
 * @param ttl microseconds after which the latest right row of a key is forgotten if no other has come; 0 for never
 */
public record AsofJoinNode(JoinParts parts, AsofMatch match, long ttl) implements PlanNode {
    /** The same join with other parts. */
    public AsofJoinNode withParts(JoinParts other) {
        return new AsofJoinNode(other, match, ttl);
    }

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
        return withParts(parts.withInputs(inputs));
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitAsofJoin(this);
    }
}
