package io.laminar.sql.plan;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Plans GROUP BY with grouping sets: rows are repeated once per set, and one aggregation groups by the keys and the set.
 * The total over all rows, if it is among the sets, is an aggregation of its own: it has a row even over no input, and it
 * can be folded before the rows meet.
 */
final class GroupingSetsPlanner {
    private static final String SET = "grouping_set";

    private final AggregatePlanner aggregates;

    GroupingSetsPlanner(AggregatePlanner aggregates) {
        this.aggregates = aggregates;
    }

    /** Whether an aggregation needs more than one grouping, or asks which one it is. */
    static boolean appliesTo(Aggregate aggregate) {
        return aggregate.getGroupSets().size() > 1
                || aggregate.getAggCallList().stream().anyMatch(GroupingSetsPlanner::isGrouping);
    }

    private static boolean isGrouping(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.GROUPING;
    }

    Relation plan(Aggregate aggregate, Relation input) {
        List<ImmutableBitSet> sets = new ArrayList<>(aggregate.getGroupSets());
        List<Relation> parts = new ArrayList<>();
        ImmutableBitSet empty = ImmutableBitSet.of();
        if (sets.size() > 1 && sets.remove(empty)) {
            parts.add(single(aggregate, empty, input));
        }
        parts.add(sets.size() == 1 ? single(aggregate, sets.get(0), input) : expanded(aggregate, sets, input));
        if (parts.size() == 1) {
            return parts.get(0);
        }
        List<Field> fields =
                parts.get(1).columns().stream().map(LogicalColumn::field).toList();
        return RelPlanner.unionAll(parts, new Schema(fields));
    }

    private static List<AggregateCall> computed(Aggregate aggregate) {
        return aggregate.getAggCallList().stream()
                .filter(call -> !isGrouping(call))
                .toList();
    }

    /** The groups of one set, with NULL for the keys of others. */
    private Relation single(Aggregate aggregate, ImmutableBitSet set, Relation input) {
        refuseWithoutWindow(aggregate.getGroupSet(), List.of(set), input);
        Relation groups = aggregates.plan(set.asList(), computed(aggregate), input);
        return output(aggregate, List.of(set), groups, key -> set.get(key) ? set.indexOf(key) : -1, null, input);
    }

    private Relation expanded(Aggregate aggregate, List<ImmutableBitSet> sets, Relation input) {
        refuseWithoutWindow(aggregate.getGroupSet(), sets, input);
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<Integer> optional = keys.stream()
                .filter(key -> sets.stream().anyMatch(set -> !set.get(key)))
                .toList();
        List<LogicalColumn> columns = new ArrayList<>(input.columns());
        List<Field> fields = new ArrayList<>(input.node().schema().fields());
        List<Integer> groups = new ArrayList<>();
        for (int key : keys) {
            if (!optional.contains(key)) {
                groups.add(key);
                continue;
            }
            LogicalColumn column = input.column(key);
            groups.add(columns.size());
            columns.add(new LogicalColumn(column.name(), column.type(), true, fields.size(), null));
            fields.add(new Field(column.name(), column.type(), true));
        }
        groups.add(columns.size());
        columns.add(new LogicalColumn(SET, Scalar.INT, false, fields.size(), null));
        fields.add(new Field(SET, Scalar.INT, false));
        PlanNode expand = new ExpandNode(
                input.node(),
                optional.stream().map(key -> input.column(key).physical()).toList(),
                sets.stream().map(set -> positions(optional, set)).toList(),
                new Schema(fields));
        Relation repeated = new Relation(expand, columns, input.bounded());
        Relation grouped = aggregates.plan(groups, computed(aggregate), repeated);
        Expression set = grouped.column(keys.size()).input();
        return output(aggregate, sets, grouped, keys::indexOf, set, input);
    }

    private static List<Integer> positions(List<Integer> keys, ImmutableBitSet set) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (set.get(keys.get(i))) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Rows are put into windows before they are repeated, so every set has to group by the window. */
    private static void refuseWithoutWindow(ImmutableBitSet keys, List<ImmutableBitSet> sets, Relation input) {
        for (int key : keys) {
            Mark.Window window = input.column(key).window();
            boolean everywhere = sets.stream().allMatch(set -> set.get(key));
            if (input.column(key).isPending() && window != null && !everywhere) {
                throw new LaminarException(
                        ErrorCode.MISPLACED_WINDOW,
                        "every grouping set needs the window " + window.function() + ", and one goes without",
                        window.place(),
                        "group by it beside them: GROUP BY window, ROLLUP (a, b)",
                        null);
            }
        }
    }

    /** Where the groups have a key of the query; negative if they do not. */
    private interface Position {
        int of(int key);
    }

    /** The columns of the query: keys, then calls in their order. */
    private static Relation output(
            Aggregate aggregate,
            List<ImmutableBitSet> sets,
            Relation groups,
            Position position,
            @Nullable Expression set,
            Relation input) {
        List<Expression> expressions = new ArrayList<>();
        List<LogicalColumn> columns = new ArrayList<>();
        for (int key : aggregate.getGroupSet()) {
            int from = position.of(key);
            LogicalColumn column = from < 0 ? input.column(key) : groups.column(from);
            Expression expression = from < 0 ? new Expression.Literal(null, column.type()) : column.input();
            columns.add(new LogicalColumn(
                    column.name(),
                    column.type(),
                    expression.nullable(),
                    expressions.size(),
                    from < 0 ? null : column.mark()));
            expressions.add(expression);
        }
        int result = groups.columns().size() - computed(aggregate).size();
        for (AggregateCall call : aggregate.getAggCallList()) {
            Expression expression = isGrouping(call)
                    ? grouping(call, sets, set)
                    : groups.column(result++).input();
            String name =
                    isGrouping(call) ? "grouping" : groups.column(result - 1).name();
            columns.add(new LogicalColumn(name, expression.type(), expression.nullable(), expressions.size(), null));
            expressions.add(expression);
        }
        Schema schema = new Schema(columns.stream().map(LogicalColumn::field).toList());
        return new Relation(Relation.project(groups.node(), expressions, schema), columns, groups.bounded());
    }

    /** A bit per argument, the last one the lowest: 1 where the row's set does not group by it. */
    private static Expression grouping(AggregateCall call, List<ImmutableBitSet> sets, @Nullable Expression set) {
        List<Expression.Case.Branch> branches = new ArrayList<>();
        for (int i = 0; set != null && i < sets.size() - 1; i++) {
            Expression is =
                    ExpressionConverter.operation(Operation.EQUAL, List.of(set, new Expression.Literal(i, Scalar.INT)));
            branches.add(new Expression.Case.Branch(is, bits(call, sets.get(i))));
        }
        Expression last = bits(call, sets.get(sets.size() - 1));
        return branches.isEmpty() ? last : new Expression.Case(branches, last, Scalar.BIGINT, false);
    }

    private static Expression.Literal bits(AggregateCall call, ImmutableBitSet set) {
        long bits = 0;
        for (int argument : call.getArgList()) {
            bits = bits << 1 | (set.get(argument) ? 0 : 1);
        }
        return new Expression.Literal(bits, Scalar.BIGINT);
    }
}
