package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Rebuilds a plan from the sources up, every shared node once. */
final class Rewrite {
    private final BinaryOperator<PlanNode> step;
    private final Map<PlanNode, PlanNode> done = new HashMap<>();

    private Rewrite(BinaryOperator<PlanNode> step) {
        this.step = step;
    }

    /** @param step gets each node over inputs that are rewritten already */
    static StreamPlan of(StreamPlan plan, UnaryOperator<PlanNode> step) {
        return withFormer(plan, (former, node) -> step.apply(node));
    }

    /** @param step gets each node as it was in the plan, and the same node over inputs that are rewritten already */
    static StreamPlan withFormer(StreamPlan plan, BinaryOperator<PlanNode> step) {
        Rewrite rewrite = new Rewrite(step);
        List<SinkNode> sinks =
                plan.sinks().stream().map(sink -> (SinkNode) rewrite.node(sink)).toList();
        return new StreamPlan(sinks, plan.settings());
    }

    private PlanNode node(PlanNode node) {
        PlanNode known = done.get(node);
        if (known == null) {
            List<PlanNode> inputs = node.inputs().stream().map(this::node).toList();
            known = step.apply(node, inputs.equals(node.inputs()) ? node : node.withInputs(inputs));
            done.put(node, known);
        }
        return known;
    }
}
