package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.ColumnSet;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SourceNode;
import java.util.List;

/**
 * The columns whose values name the thing that rows are versions of. Where rows change these are the columns that tell
 * rows apart; where rows only come, a later row of the same primary key is a later version.
 */
final class VersionKey {

    private VersionKey() {}

    /** Alternatives; empty if none are known. */
    static List<ColumnSet> of(PlanNode node) {
        List<ColumnSet> known = node.upsertKeys();
        return known.isEmpty() ? primaryKey(node) : known;
    }

    private static List<ColumnSet> primaryKey(PlanNode node) {
        if (node instanceof SourceNode source) {
            List<Integer> key = source.table().primaryKey().stream()
                    .map(source.schema()::indexOf)
                    .toList();
            return key.isEmpty() || key.contains(-1) ? List.of() : List.of(ColumnSet.of(key));
        }
        return node instanceof FilterProjectNode project
                ? ColumnSet.moved(primaryKey(project.input()), column -> position(column, project))
                : List.of();
    }

    /** Where a column is behind a projection; negative if it is left out. */
    private static int position(int column, FilterProjectNode project) {
        for (int i = 0; i < project.projections().size(); i++) {
            if (project.projections().get(i) instanceof Expression.Input input && input.index() == column) {
                return i;
            }
        }
        return -1;
    }
}
