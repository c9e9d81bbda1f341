package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.Distributions;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.List;

/** Puts an exchange below every node whose rows have to meet. */
public final class InsertExchanges implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, InsertExchanges::distribute);
    }

    private static PlanNode distribute(PlanNode node) {
        List<Distribution> distributions = Distributions.of(node);
        List<PlanNode> inputs = new ArrayList<>();
        for (int i = 0; i < distributions.size(); i++) {
            PlanNode input = node.inputs().get(i);
            inputs.add(input instanceof ExchangeNode ? input : new ExchangeNode(input, distributions.get(i)));
        }
        return inputs.isEmpty() || inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    }
}
