package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.node.LaneNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.error.NearestName;
import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.Column;
import io.laminar.sql.catalog.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tables that get the rows of other lanes: columns by name, NULL where the rows have none of that name. */
final class SideTables {
    /** The column that names what refused a late row. */
    private static final String OPERATOR = "operator";

    private final JobPlanner.Tables tables;

    SideTables(JobPlanner.Tables tables) {
        this.tables = tables;
    }

    /**
     * The outside table of a name.
     *
     * @param what the rows it is for, in messages
     * @param use where the text names it; null if only the settings do
     */
    Table named(String name, String what, Place.@Nullable Sql use) {
        Table table = tables.named(name, use == null ? Place.Sql.at(1, 1) : use).orElse(null);
        if (table == null) {
            throw new LaminarException(
                    ErrorCode.UNKNOWN_TABLE,
                    "there is no table '" + name + "' for " + what,
                    NearestName.hint(name, tables.names()));
        }
        if (table.connection() == null) {
            throw new LaminarException(
                    ErrorCode.NOT_A_SINK, "table '" + name + "' has no connector; " + what + " go to an outside table");
        }
        return table;
    }

    /** The late rows of every step below some sinks, as rows of a table. */
    static List<Relation> lateRows(List<SinkNode> sinks, Table target) {
        Set<PlanNode> nodes = new LinkedHashSet<>();
        sinks.forEach(sink -> collect(sink, nodes));
        List<Relation> rows = new ArrayList<>();
        for (PlanNode node : nodes) {
            for (int input : node.lateInputs()) {
                rows.add(rows(
                        LaneNode.late(node, input),
                        "late rows of " + operator(node),
                        Map.of(OPERATOR, new Expression.Literal(operator(node), Scalar.TEXT)),
                        target,
                        false));
            }
        }
        return rows;
    }

    private static void collect(PlanNode node, Set<PlanNode> nodes) {
        if (nodes.add(node)) {
            node.inputs().forEach(input -> collect(input, nodes));
        }
    }

    /** The name of a step as EXPLAIN shows it. */
    private static String operator(PlanNode node) {
        String name = node.getClass().getSimpleName();
        return name.substring(0, name.length() - "Node".length());
    }

    /**
     * The rows of a lane as rows of a table.
     *
     * @param what the rows, in messages
     * @param more values of further columns by name, where the rows have none of that name
     */
    static Relation rows(LaneNode lane, String what, Map<String, Expression> more, Table target, boolean bounded) {
        List<Expression> projections = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        for (Column column : target.columns()) {
            Expression value = value(lane.schema(), more, column, what);
            projections.add(value);
            fields.add(new Field(column.name(), column.type(), value.nullable()));
        }
        return Relation.of(Relation.project(lane, projections, new Schema(fields)), bounded);
    }

    private static Expression value(Schema rows, Map<String, Expression> more, Column column, String what) {
        int index = rows.indexOf(column.name());
        Expression found = index >= 0
                ? new Expression.Input(
                        index, rows.type(index), rows.field(index).nullable())
                : more.get(column.name().toLowerCase(Locale.ROOT));
        if (found != null) {
            return Casts.cast(found, column.type());
        }
        if (!column.nullable()) {
            List<String> names = new ArrayList<>(rows.names());
            names.addAll(more.keySet());
            throw new LaminarException(
                    ErrorCode.INVALID_SCHEMA,
                    what + " have no '" + column.name() + "'",
                    "columns are " + String.join(", ", names));
        }
        return new Expression.Literal(null, column.type());
    }
}
