package io.laminar.plan.pass;

import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.TemporalJoinNode;
import io.laminar.plan.node.WindowJoinNode;
import org.jspecify.annotations.Nullable;

/** Joins of two inputs, whatever their kind. */
final class Joins {

    private Joins() {}

    /** The parts of a join; null for other nodes. */
    static @Nullable JoinParts parts(PlanNode node) {
        return node instanceof JoinNode join ? join.parts() : JoinParts.of(node);
    }

    /** The same join with other parts; other nodes stay. */
    static PlanNode with(PlanNode node, JoinParts parts) {
        if (node instanceof JoinNode join) {
            return new JoinNode(parts, join.emit(), join.leftTtl(), join.rightTtl(), join.broadcastLimit());
        } else if (node instanceof WindowJoinNode join) {
            return new WindowJoinNode(parts, join.leftWindow(), join.rightWindow());
        } else if (node instanceof IntervalJoinNode join) {
            return new IntervalJoinNode(parts, join.lower(), join.upper());
        } else if (node instanceof TemporalJoinNode) {
            return new TemporalJoinNode(parts);
        }
        return node instanceof AsofJoinNode join ? join.withParts(parts) : node;
    }

    /** Whether every left row meets one right row that is chosen among all of them. */
    static boolean choosesRows(PlanNode node) {
        return node instanceof TemporalJoinNode || node instanceof AsofJoinNode;
    }
}
