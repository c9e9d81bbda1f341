package io.laminar.sql.plan;

import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UnionNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.plan.node.WindowAggregateNode;

/** The rows that are left of a changelog when its input ends. */
final class FinalRows {

    private FinalRows() {}

    static Relation of(Relation relation) {
        return relation.withNode(of(relation.node()));
    }

    /** A node that can emit once at the end does so, if nothing but filters and projections follow it. */
    static PlanNode of(PlanNode node) {
        if (node.changelog() == ChangelogMode.APPEND) {
            return node;
        }
        return emitsLast(node) ? withEmit(node, new Emit.Final()) : new FinalRowsNode(node);
    }

    /** Whether the node can emit once at the end, or passes on the rows of such a node. */
    static boolean emitsLast(PlanNode node) {
        if (node instanceof UnionNode) {
            return node.changelog() != ChangelogMode.APPEND
                    && node.inputs().stream()
                            .allMatch(input -> input.changelog() == ChangelogMode.APPEND || emitsLast(input));
        }
        return node instanceof AggregateNode
                || node instanceof WindowAggregateNode
                || node instanceof TopNNode
                || node instanceof DeduplicateNode
                || node instanceof SetOperationNode
                || (passesOn(node) && emitsLast(node.inputs().get(0)));
    }

    private static boolean passesOn(PlanNode node) {
        return node instanceof FilterProjectNode || node instanceof UnnestNode || node instanceof ExpandNode;
    }

    /** The same with another time to emit; only for nodes that {@link #emitsLast}. */
    static PlanNode withEmit(PlanNode node, Emit emit) {
        if (node instanceof AggregateNode a) {
            return new AggregateNode(a.input(), a.keys(), a.calls(), a.phase(), emit, a.ttl(), a.schema());
        }
        if (node instanceof WindowAggregateNode w) {
            return new WindowAggregateNode(
                    w.input(), w.window(), w.time(), w.keys(), w.calls(), w.phase(), emit, w.schema());
        }
        if (node instanceof TopNNode t) {
            return new TopNNode(
                    t.input(),
                    t.partition(),
                    t.order(),
                    t.function(),
                    t.first(),
                    t.last(),
                    t.withRank(),
                    emit,
                    t.ttl(),
                    t.schema());
        }
        if (node instanceof DeduplicateNode d) {
            return new DeduplicateNode(d.input(), d.keys(), d.keep(), d.time(), emit, d.ttl());
        }
        if (node instanceof SetOperationNode s) {
            return new SetOperationNode(s.input(), s.kind(), s.all(), emit, s.ttl(), s.schema());
        }
        return node.withInputs(node.inputs().stream()
                .map(input -> emitsLast(input) ? withEmit(input, emit) : input)
                .toList());
    }
}
