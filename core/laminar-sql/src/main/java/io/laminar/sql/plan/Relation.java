package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * A planned part of a query.
 *
 * @param columns what the query sees, in order
 * @param bounded whether the rows end
 */
record Relation(PlanNode node, List<LogicalColumn> columns, boolean bounded) {
    Relation {
        columns = List.copyOf(columns);
    }

    LogicalColumn column(int index) {
        return columns.get(index);
    }

    /** All columns of a node, none with a meaning in time. */
    static Relation of(PlanNode node, boolean bounded) {
        List<LogicalColumn> columns = new ArrayList<>();
        for (int i = 0; i < node.schema().size(); i++) {
            Field field = node.schema().field(i);
            columns.add(new LogicalColumn(field.name(), field.type(), field.nullable(), i, null));
        }
        return new Relation(node, columns, bounded);
    }

    Relation withNode(PlanNode other) {
        return new Relation(other, columns, bounded);
    }

    /**
     * These columns, and behind them those of an input that are not among them by name.
     *
     * @param input what this was projected from
     */
    Relation withRest(Relation input) {
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<LogicalColumn> all = new ArrayList<>(columns);
        if (!(node instanceof FilterProjectNode project) || !project.input().equals(input.node())) {
            return this;
        }
        projections.addAll(project.projections());
        fields.addAll(project.schema().fields());
        for (LogicalColumn column : input.columns()) {
            boolean known = all.stream().anyMatch(other -> other.name().equalsIgnoreCase(column.name()));
            if (!known && !column.isPending()) {
                all.add(column.at(projections.size()));
                projections.add(column.input());
                fields.add(column.field());
            }
        }
        PlanNode wider = new FilterProjectNode(
                input.node(), project.condition(), projections, project.rowtime(), new Schema(fields));
        return new Relation(wider, all, bounded);
    }

    /** The node with exactly the columns that are not pending, in their order. */
    Relation compact() {
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        List<LogicalColumn> compacted = new ArrayList<>();
        for (LogicalColumn column : columns) {
            if (column.isPending()) {
                compacted.add(column);
                continue;
            }
            compacted.add(column.at(projections.size()));
            projections.add(column.input());
            fields.add(column.field());
        }
        return new Relation(project(node, projections, new Schema(fields)), compacted, bounded);
    }

    /** A projection, unless it changes nothing. */
    static PlanNode project(PlanNode input, List<Expression> projections, Schema schema) {
        boolean same = schema.equals(input.schema());
        for (int i = 0; same && i < projections.size(); i++) {
            same = projections.get(i) instanceof Expression.Input column && column.index() == i;
        }
        return same ? input : new FilterProjectNode(input, null, projections, null, schema);
    }
}
