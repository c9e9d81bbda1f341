package io.laminar.sql.validate;

import io.laminar.sql.error.RelPlaces;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.plan.hep.HepRelVertex;
import org.apache.calcite.rel.RelNode;

/** Keeps the places of clauses when a rule makes other nodes of them: a join stays the join, a filter the filter. */
final class MovedConditions implements RelOptListener {

    @Override
    public void ruleProductionSucceeded(RuleProductionEvent event) {
        RelNode made = event.getRel();
        if (made != null && event.isBefore()) {
            place(made, event.getRuleCall().rels);
        }
    }

    private static void place(RelNode made, RelNode[] from) {
        if (made instanceof HepRelVertex) {
            return;
        }
        for (RelNode node : from) {
            if (node.getClass() == made.getClass()) {
                RelPlaces.inherit(node, made);
            }
        }
        RelPlaces.inherit(from[0], made);
        made.getInputs().forEach(input -> place(input, from));
    }

    @Override
    public void relEquivalenceFound(RelEquivalenceEvent event) {}

    @Override
    public void ruleAttempted(RuleAttemptedEvent event) {}

    @Override
    public void relDiscarded(RelDiscardedEvent event) {}

    @Override
    public void relChosen(RelChosenEvent event) {}
}
