package io.laminar.plan.pass;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;

/** Takes out filter-projects that pass every row on as it is. Names of columns do not matter below a sink. */
public final class RemoveIdentityProjects implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        return Rewrite.of(plan, RemoveIdentityProjects::remove);
    }

    private static PlanNode remove(PlanNode node) {
        return node instanceof FilterProjectNode project && isIdentity(project) ? project.input() : node;
    }

    private static boolean isIdentity(FilterProjectNode project) {
        if (project.condition() != null
                || project.rowtime() != null
                || project.projections().size() != project.input().schema().size()) {
            return false;
        }
        for (int i = 0; i < project.projections().size(); i++) {
            if (!(project.projections().get(i) instanceof Expression.Input input) || input.index() != i) {
                return false;
            }
            boolean refusesNulls =
                    input.nullable() && !project.schema().field(i).nullable();
            if (refusesNulls) {
                return false;
            }
        }
        return true;
    }
}
