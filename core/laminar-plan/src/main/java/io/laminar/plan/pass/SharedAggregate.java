package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** One aggregation that computes what several ones with the same groups do. */
final class SharedAggregate {
    private final List<Expression> columns = new ArrayList<>();
    private final List<Field> fields = new ArrayList<>();
    private final List<Expression> keys = new ArrayList<>();
    private final List<AggregateShape.Call> calls = new ArrayList<>();
    private final List<Field> results = new ArrayList<>();
    private final AggregateShape.Groups groups;

    /** @param members in any order, but always in the same one */
    SharedAggregate(List<PlanNode> members, List<AggregateShape> shapes) {
        this.groups = shapes.get(0).groups();
        for (int m = 0; m < members.size(); m++) {
            Schema schema = members.get(m).schema();
            AggregateShape shape = shapes.get(m);
            for (int i = 0; i < shape.keys().size(); i++) {
                if (!keys.contains(shape.keys().get(i))) {
                    keys.add(shape.keys().get(i));
                    results.add(keys.size() - 1, schema.field(i));
                }
            }
            for (int i = 0; i < shape.calls().size(); i++) {
                if (!calls.contains(shape.calls().get(i))) {
                    calls.add(shape.calls().get(i));
                    results.add(schema.field(shape.keys().size() + i));
                }
            }
        }
        if (groups.window() != null) {
            int size = members.get(0).schema().size();
            results.add(members.get(0).schema().field(size - 2));
            results.add(members.get(0).schema().field(size - 1));
        }
    }

    /**
     * What takes the place of one of the aggregations.
     *
     * @param rows the rows that all of them read
     */
    PlanNode instead(PlanNode member, AggregateShape shape, PlanNode rows) {
        PlanNode shared = node(rows);
        List<Expression> projections = new ArrayList<>();
        shape.keys().forEach(key -> projections.add(result(shared, keys.indexOf(key))));
        shape.calls().forEach(call -> projections.add(result(shared, keys.size() + calls.indexOf(call))));
        for (int i = keys.size() + calls.size(); i < shared.schema().size(); i++) {
            projections.add(result(shared, i));
        }
        return new FilterProjectNode(shared, null, projections, null, member.schema());
    }

    private static Expression result(PlanNode node, int column) {
        Field field = node.schema().field(column);
        return new Input(column, field.type(), field.nullable());
    }

    private PlanNode node(PlanNode rows) {
        columns.clear();
        fields.clear();
        List<Integer> keyColumns = keys.stream().map(this::column).toList();
        List<AggregateCall> planned = calls.stream().map(this::call).toList();
        AggregateShape.Window window = groups.window();
        WindowSpec spec = window == null ? null : window.spec();
        if (window != null && spec == null) {
            spec = new WindowSpec.Attached(
                    column(window.bounds().get(0)), column(window.bounds().get(1)));
        }
        PlanNode input = new FilterProjectNode(
                rows, groups.rows().condition(), columns, groups.rows().rowtime(), new Schema(fields));
        Schema schema = new Schema(results);
        return window == null || spec == null
                ? new AggregateNode(input, keyColumns, planned, Phase.COMPLETE, groups.emit(), groups.ttl(), schema)
                : new WindowAggregateNode(
                        input, spec, window.time(), keyColumns, planned, Phase.COMPLETE, groups.emit(), schema);
    }

    private int column(Expression expression) {
        int known = columns.indexOf(expression);
        if (known >= 0) {
            return known;
        }
        String name = expression instanceof Input input
                ? groups.rows().node().schema().field(input.index()).name()
                : "c" + columns.size();
        columns.add(expression);
        fields.add(new Field(name, expression.type(), expression.nullable()));
        return columns.size() - 1;
    }

    private AggregateCall call(AggregateShape.Call call) {
        return new AggregateCall(
                call.function(),
                call.arguments().stream().map(this::column).toList(),
                call.distinct(),
                call.filter() == null ? null : column(call.filter()),
                call.order().stream()
                        .map(order -> new SortKey(column(order.value()), order.descending(), order.nullsFirst()))
                        .toList(),
                call.type(),
                call.nullable(),
                call.user());
    }
}
