package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.IntervalJoinNode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.sql.function.MatchOperator;
import io.laminar.sql.function.SystemTimeOperator;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/** Finds the joins that time bounds, so that their state is small and their result only appends. */
final class TimedJoinPlanner {

    private TimedJoinPlanner() {}

    /**
     * The join, if time bounds it.
     *
     * @param conditions all of which must be true, over the columns of both sides
     * @return null for joins that have to keep all rows
     */
    static @Nullable Relation plan(
            JoinType type, List<RexNode> conditions, Relation left, Relation right, PipelineSettings settings) {
        for (RexNode condition : conditions) {
            List<RexNode> others = conditions.stream()
                    .filter(other -> !other.equals(condition))
                    .toList();
            if (condition instanceof RexCall call && call.getOperator() instanceof SystemTimeOperator) {
                return TemporalJoinPlanner.plan(type, call, others, left, right);
            }
            if (condition instanceof RexCall call && call.getOperator() instanceof MatchOperator) {
                long ttl = settings.values().duration(PipelineSettings.UPDATING_TTL);
                return AsofJoinPlanner.plan(type, call, others, left, right, ttl);
            }
        }
        JoinSides sides = new JoinSides(left, right);
        WindowEquality windows = WindowEquality.of(conditions, sides);
        Relation planned = windows == null ? null : WindowJoinPlanner.plan(type, windows.rest(), windows, left, right);
        if (planned != null) {
            return planned;
        }
        WindowJoinPlanner.refusePending(left);
        WindowJoinPlanner.refusePending(right);
        return interval(type, conditions, sides);
    }

    private static @Nullable Relation interval(JoinType type, List<RexNode> conditions, JoinSides sides) {
        boolean appends = sides.left().node().changelog() == ChangelogMode.APPEND
                && sides.right().node().changelog() == ChangelogMode.APPEND;
        IntervalBounds bounds = appends ? IntervalBounds.of(conditions, sides) : null;
        if (bounds == null) {
            return null;
        }
        List<RexNode> rest = sides.addKeys(bounds.rest());
        if (sides.keys().isEmpty() && bounds.lower() == bounds.upper()) {
            // Rows of equal times meet by their times, which then need not all come to one place.
            conditions.forEach(sides::addKey);
        }
        PlanNode node = new IntervalJoinNode(sides.parts(type, rest), bounds.lower(), bounds.upper());
        // A pair has the later of both times: where one side is never earlier, that is its own.
        boolean leftIsLast = bounds.upper() <= 0 && !type.keepsRight();
        boolean rightIsLast = bounds.lower() >= 0 && !type.keepsLeft();
        return sides.result(
                node,
                type,
                mark -> leftIsLast && mark instanceof Mark.Rowtime ? mark : null,
                mark -> rightIsLast && mark instanceof Mark.Rowtime ? mark : null);
    }
}
