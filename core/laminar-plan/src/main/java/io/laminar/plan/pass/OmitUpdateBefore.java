package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.ColumnSet;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UpsertNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where changes go nowhere but into a table that finds its rows by the key by which they are made, the row before an
 * update is not made at all, and nothing has to leave it out. The key has to be the very same: a table with a longer one
 * has another row to delete when one of its other columns changes.
 */
public final class OmitUpdateBefore implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Consumers consumers = new Consumers(plan);
        return new StreamPlan(
                plan.sinks().stream().map(sink -> upserting(sink, consumers)).toList(), plan.settings());
    }

    private static SinkNode upserting(SinkNode sink, Consumers consumers) {
        if (!(sink.input() instanceof UpsertNode upsert) || consumers.isShared(upsert)) {
            return sink;
        }
        PlanNode input = upserting(upsert.input(), ColumnSet.of(upsert.keys()), consumers);
        return input == null ? sink : new SinkNode(input, sink.table());
    }

    /** The node without rows before updates; null if it has to make them. */
    private static @Nullable PlanNode upserting(PlanNode node, ColumnSet key, Consumers consumers) {
        if (consumers.isShared(node)) {
            return null;
        }
        if (node instanceof FilterProjectNode project) {
            ColumnSet below = below(project, key);
            PlanNode input = below == null ? null : upserting(project.input(), below, consumers);
            return input == null ? null : project.withInputs(List.of(input));
        }
        return node.changelog() == ChangelogMode.RETRACT && node.upsertKeys().contains(key)
                ? withoutBefore(node)
                : null;
    }

    /** The columns that a projection passes on as a key; null if the row before an update decides about anything. */
    private static @Nullable ColumnSet below(FilterProjectNode project, ColumnSet key) {
        // A row that no longer meets a condition, or for which a function of a user fails, is deleted by the row
        // before.
        boolean decides =
                project.condition() != null || project.projections().stream().anyMatch(OmitUpdateBefore::callsUser);
        List<Integer> columns = key.columns().stream().map(project::passedOn).toList();
        return decides || columns.contains(-1) ? null : ColumnSet.of(columns);
    }

    private static boolean callsUser(Expression expression) {
        return expression instanceof Expression.FunctionCall call && call.user() != null
                || Expressions.children(expression).stream().anyMatch(OmitUpdateBefore::callsUser);
    }

    private static @Nullable PlanNode withoutBefore(PlanNode node) {
        if (node instanceof AggregateNode a && a.emit() instanceof Emit.Changes emit) {
            return new AggregateNode(a.input(), a.keys(), a.calls(), a.phase(), upserts(emit), a.ttl(), a.schema());
        } else if (node instanceof WindowAggregateNode a
                // A session may grow at both ends, and with them changes what it is found by.
                && !(a.window() instanceof WindowSpec.Session)
                && a.emit() instanceof Emit.Changes emit) {
            return new WindowAggregateNode(
                    a.input(), a.window(), a.time(), a.keys(), a.calls(), a.phase(), upserts(emit), a.schema());
        } else if (node instanceof TopNNode t && t.updatesRanks() && t.emit() instanceof Emit.Changes emit) {
            return new TopNNode(
                    t.input(),
                    t.partition(),
                    t.order(),
                    t.function(),
                    t.first(),
                    t.last(),
                    t.withRank(),
                    upserts(emit),
                    t.ttl(),
                    t.schema());
        } else if (node instanceof DeduplicateNode d && d.emit() instanceof Emit.Changes emit) {
            return new DeduplicateNode(d.input(), d.keys(), d.keep(), d.time(), upserts(emit), d.ttl());
        } else if (node instanceof MaterializeNode m && m.emit() instanceof Emit.Changes emit) {
            return new MaterializeNode(m.input(), m.keys(), upserts(emit), m.ttl());
        } else if (node instanceof JoinNode j) {
            return new JoinNode(j.parts(), upserts(j.emit()), j.leftTtl(), j.rightTtl(), j.broadcastLimit());
        }
        return null;
    }

    private static Emit.Changes upserts(Emit.Changes emit) {
        return new Emit.Changes(emit.interval(), true);
    }
}
