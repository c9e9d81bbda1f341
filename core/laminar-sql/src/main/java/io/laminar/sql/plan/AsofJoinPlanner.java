package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AsofJoinNode;
import io.laminar.plan.node.AsofMatch;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.Place;
import io.laminar.sql.function.MatchOperator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/** Plans joins with the row that is closest in time. */
final class AsofJoinPlanner {

    private AsofJoinPlanner() {}

    /**
     * @param match the term of the condition that says on which side in time
     * @param conditions the other terms
     * @param ttl how long the latest right row of a key is kept, microseconds
     */
    static Relation plan(
            JoinType type, RexCall match, List<RexNode> conditions, Relation left, Relation right, long ttl) {
        Place.Sql place = ((MatchOperator) match.getOperator()).place();
        JoinSides sides = new JoinSides(left, right);
        AsofMatch side = match(match.getOperands().get(0), sides, place);
        boolean changes =
                left.node().changelog() != ChangelogMode.APPEND || right.node().changelog() != ChangelogMode.APPEND;
        if (changes) {
            throw unsupported(
                    "an ASOF join takes rows that only come, and one side of this one changes rows",
                    place,
                    "JOIN ... FOR SYSTEM_TIME AS OF l.at follows the versions of a table");
        }
        List<RexNode> rest = sides.addKeys(conditions);
        if (!rest.stream().allMatch(RexNode::isAlwaysTrue)) {
            throw unsupported(
                    "ON of an ASOF join takes equalities of both sides and nothing else:"
                            + " it is not clear whether other conditions count before or after the closest row is found",
                    place,
                    "filter the rows before, FROM l ASOF JOIN (SELECT * FROM r WHERE ...) ..., or after, in WHERE");
        }
        PlanNode node = new AsofJoinNode(sides.parts(type, List.of()), side, ttl);
        // An earlier right row leaves the event time as it was.
        return sides.result(node, type, side.earlier() ? UnaryOperator.identity() : mark -> null, mark -> null);
    }

    private static AsofMatch match(RexNode comparison, JoinSides sides, Place.Sql place) {
        if (comparison instanceof RexCall call && call.getOperands().size() == 2) {
            RexNode first = call.getOperands().get(0);
            RexNode second = call.getOperands().get(1);
            Operation operation = JoinConditions.operation(call);
            if (operation != null && sides.isEventTime(first) && sides.isEventTime(second)) {
                boolean mirrored = sides.isRight(first);
                if (mirrored != sides.isRight(second)) {
                    return match(mirrored ? IntervalBounds.mirrored(operation) : operation, place);
                }
            }
        }
        throw notTimes(place);
    }

    private static AsofMatch match(Operation operation, Place.Sql place) {
        return switch (operation) {
            case GREATER_OR_EQUAL -> AsofMatch.AT_OR_BEFORE;
            case GREATER -> AsofMatch.BEFORE;
            case LESS_OR_EQUAL -> AsofMatch.AT_OR_AFTER;
            case LESS -> AsofMatch.AFTER;
            default -> throw notTimes(place);
        };
    }

    private static LaminarException notTimes(Place.Sql place) {
        return new LaminarException(
                ErrorCode.NO_EVENT_TIME,
                "MATCH_CONDITION compares the event times of both sides with >=, >, <= or <",
                place,
                "name the columns that WATERMARK FOR declares: MATCH_CONDITION l.at >= r.at",
                null);
    }

    private static LaminarException unsupported(String reason, Place.Sql place, String hint) {
        return new LaminarException(ErrorCode.UNSUPPORTED_JOIN, reason, place, hint, null);
    }
}
