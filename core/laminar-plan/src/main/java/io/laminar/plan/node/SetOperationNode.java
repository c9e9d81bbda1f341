package io.laminar.plan.node;

import io.laminar.spi.type.Schema;
import java.util.List;

/**
 * INTERSECT or EXCEPT. The input has the rows of both sides, with a last BOOLEAN column that is true for those of the
 * right side; the result does not have that column. Rows are equal if all their columns are, NULL being equal to NULL.
 *
 * @param all whether copies count: a row comes as often as it is left; otherwise once
 * @param ttl microseconds of processing time after which a row that did not change is forgotten; 0: never
 */
public record SetOperationNode(PlanNode input, Kind kind, boolean all, Emit emit, long ttl, Schema schema)
        implements PlanNode {

    /** Which rows are in the result. */
    public enum Kind {
        /** Those of both sides; with copies, the smaller number. */
        INTERSECT,
        /** Those of the left side that are not on the right; with copies, the difference. */
        EXCEPT
    }

    /** Further rows only add to an intersection, but may take away from a difference. */
    @Override
    public ChangelogMode changelog() {
        boolean grows = kind == Kind.INTERSECT && input.changelog() == ChangelogMode.APPEND;
        return grows || emit instanceof Emit.Final ? ChangelogMode.APPEND : ChangelogMode.RETRACT;
    }

    /** Without copies a row is there once. */
    @Override
    public List<ColumnSet> upsertKeys() {
        return all ? List.of() : List.of(ColumnSet.first(schema.size()));
    }

    @Override
    public List<PlanNode> inputs() {
        return List.of(input);
    }

    @Override
    public PlanNode withInputs(List<PlanNode> inputs) {
        return new SetOperationNode(inputs.get(0), kind, all, emit, ttl, schema);
    }

    @Override
    public <R> R accept(PlanVisitor<R> visitor) {
        return visitor.visitSetOperation(this);
    }
}
