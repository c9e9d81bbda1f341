package io.laminar.plan.node;

import io.laminar.plan.expression.Expression;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the rows whose condition is true and computes new columns from them. A column that the schema says is not
 * nullable, while its expression is, refuses NULL: the job fails with NULL_NOT_ALLOWED.
 *
 * @param condition BOOLEAN over the input; null for all rows
 * @param projections one expression per column of the schema
 * @param rowtime the new event time, TIMESTAMP over the input; null to keep it
 *
 */
public record FilterProjectNode(
        PlanNode input,
        @Nullable Expression condition,
        List<Expression> projections,
        @Nullable Expression rowtime,
        Schema schema)
        implements PlanNode {
    @Override
    public ChangelogMode changelog() {
        return input.changelog();
    }

    @Override
    public List<ColumnSet> upsertKeys() {
        return ColumnSet.moved(input.upsertKeys(), this::positionOf);
    }

    /** Where different values of a column of the input stay different; negative if nowhere. */
    private int positionOf(int column) {
        for (int i = 0; i < projections.size(); i++) {
            if (passedOn(i) == column) {
                return i;
            }
        }
        return -1;
    }

    /** The column of the input that a projection passes on, as it is or as a wider whole number; negative for others. */
    public int passedOn(int projection) {
        Expression expression = projections.get(projection);
        boolean widens = expression instanceof Expression.Cast cast
                && TypeWidening.isInteger(cast.argument().type())
                && TypeWidening.isInteger(cast.type())
                && TypeWidening.cost(cast.argument().type(), cast.type()).isPresent();
        Expression passed = widens ? ((Expression.Cast) expression).argument() : expression;
        return passed instanceof Expression.Input input ? input.index() : -1;
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new FilterProjectNode(inputs.get(0), condition, projections, rowtime, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitFilterProject(this);
    }
}
