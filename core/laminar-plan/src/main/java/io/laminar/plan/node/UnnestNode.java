package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives one row per element of a row's collections. The result has the carried columns, then for each array its element,
 * for each map its key and its value, then the ordinality. Of several collections the longest decides how many rows there
 * are; the others are filled up with NULL. Collections that are NULL have no elements.
 *
 * @param carried input columns that are repeated for each element
 * @param collections input columns, arrays or maps
 * @param ordinality whether a INT column counts the elements from 1
 * @param outer whether a row without elements stays, with NULL in the columns of the elements
 * @param condition for outer ones, which elements count: BOOLEAN over the result; null for all
 */
public record UnnestNode(
        PlanNode input,
        List<Integer> carried,
        List<Integer> collections,
        boolean ordinality,
        boolean outer,
        @Nullable Expression condition,
        Schema schema)
        implements PlanNode {
    public UnnestNode {
        carried = List.copyOf(carried);
        collections = List.copyOf(collections);
    }

    @Override
    public ChangelogMode changelog() {
        return input.changelog();
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new UnnestNode(inputs.get(0), carried, collections, ordinality, outer, condition, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitUnnest(this);
    }
}
