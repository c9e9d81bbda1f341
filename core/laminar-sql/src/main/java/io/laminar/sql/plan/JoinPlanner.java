package io.laminar.sql.plan;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.sql.function.PartnerOperator;
import java.util.List;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;

/**
 * Plans joins. Every kind is asked in turn: lookups ({@link LookupJoinPlanner}), joins that time bounds ({@link
 * TimedJoinPlanner}), then those that keep all rows of both inputs.
 */
final class JoinPlanner {
    private final PipelineSettings settings;

    JoinPlanner(PipelineSettings settings) {
        this.settings = settings;
    }

    /**
     * Joins two inputs.
     *
     * @param conditions all of which must be true, over the columns of both sides
     */
    Relation plan(JoinType type, List<RexNode> conditions, Relation left, Relation right) {
        for (RexNode condition : conditions) {
            if (condition instanceof RexCall call && call.getOperator() instanceof PartnerOperator partner) {
                JoinType narrower = partner.equals(PartnerOperator.SOME) ? JoinType.SEMI : JoinType.ANTI;
                List<RexNode> others = conditions.stream()
                        .filter(other -> !other.equals(condition))
                        .toList();
                return plan(narrower, others, left, right);
            }
        }
        Relation lookup = LookupJoinPlanner.plan(type, conditions, left, right);
        if (lookup != null) {
            return lookup;
        }
        Relation timed = TimedJoinPlanner.plan(type, conditions, left, right, settings);
        return timed != null ? timed : updating(type, conditions, left, right);
    }

    /** The type of a join as Calcite has it. */
    static JoinType type(Join join) {
        JoinRelType type = join.getJoinType();
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> JoinType.ANTI;
            default ->
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_JOIN, type.lowerName.replace('_', ' ') + " joins are not supported");
        };
    }

    private Relation updating(JoinType type, List<RexNode> conditions, Relation left, Relation right) {
        JoinSides sides = new JoinSides(left, right);
        List<RexNode> rest = sides.addKeys(conditions);
        JoinParts parts = sides.parts(type, rest);
        OptionValues values = settings.values();
        long ttl = values.duration(PipelineSettings.UPDATING_TTL);
        JoinNode node = new JoinNode(
                parts,
                new Emit.Changes(values.duration(PipelineSettings.UPDATING_FLUSH_INTERVAL)),
                ttl,
                ttl,
                values.integer(PipelineSettings.BROADCAST_JOIN_LIMIT));
        if (parts.condition() != null
                && Expressions.isVolatile(parts.condition())
                && node.changelog() != ChangelogMode.APPEND) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_SQL,
                    parts.condition()
                            + " in the condition of this join is not supported: it gives another value when a row is"
                            + " taken back",
                    "compute it below the join");
        }
        // The columns that were the time of rows of one side are not that of pairs, which have the later of both.
        return sides.result(node, type, mark -> null, mark -> null);
    }
}
