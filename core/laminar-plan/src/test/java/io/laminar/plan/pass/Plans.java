package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WatermarkSpec;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.DataType.StructType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Pieces of plans for tests of passes. */
final class Plans {
    static final StructType PLACE = new StructType(
            List.of(new Field("lat", Scalar.DOUBLE), new Field("lon", Scalar.DOUBLE), new Field("name", Scalar.TEXT)));
    static final Schema EVENTS = Schema.of(
            new Field("id", Scalar.BIGINT),
            new Field("at", Scalar.TIMESTAMP),
            new Field("place", PLACE),
            new Field("file", Scalar.TEXT),
            new Field("price", Scalar.BIGINT));

    private Plans() {}

    /** A JSON table whose column {@code file} is metadata; event time is {@code at}. */
    static SourceNode events() {
        Schema record = EVENTS.select(List.of(0, 1, 2, 4));
        return new SourceNode(
                new TableDescriptor(
                        "events",
                        "test",
                        EVENTS,
                        Map.of("file", "path"),
                        List.of(),
                        List.of(),
                        OptionValues.EMPTY,
                        new FormatSpec("json", record, List.of(0, 1, 2, 3), OptionValues.EMPTY),
                        BadDataPolicy.FAIL),
                new WatermarkSpec(input(EVENTS, "at"), null, 0, 0),
                true,
                ChangelogMode.APPEND);
    }

    static Expression.Input input(Schema schema, String name) {
        int index = schema.indexOf(name);
        return new Expression.Input(
                index, schema.type(index), schema.field(index).nullable());
    }

    static Expression greater(Expression left, long right) {
        return new Expression.Call(
                Operation.GREATER,
                List.of(left, new Expression.Literal(right, Scalar.BIGINT)),
                Scalar.BOOLEAN,
                left.nullable());
    }

    static Expression plus(Expression left, long right) {
        return new Expression.Call(
                Operation.ADD,
                List.of(left, new Expression.Literal(right, Scalar.BIGINT)),
                Scalar.BIGINT,
                left.nullable());
    }

    static FilterProjectNode project(PlanNode input, Map<String, Expression> columns, List<String> order) {
        List<Field> fields = new ArrayList<>();
        for (String name : order) {
            Expression expression = columns.get(name);
            fields.add(new Field(name, expression.type(), expression.nullable()));
        }
        return new FilterProjectNode(
                input, null, order.stream().map(columns::get).toList(), null, new Schema(fields));
    }

    /** A filter that passes all columns on. */
    static FilterProjectNode filter(PlanNode input, Expression condition) {
        Schema schema = input.schema();
        List<Expression> all = IntStream.range(0, schema.size())
                .<Expression>mapToObj(i ->
                        new Expression.Input(i, schema.type(i), schema.field(i).nullable()))
                .toList();
        return new FilterProjectNode(input, condition, all, null, schema);
    }

    static AggregateCall call(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, null, List.of(), type, false);
    }

    /** Events joined with events whose price is positive, by id; id and price of both sides. */
    static PlanNode join(JoinType type, @Nullable Expression condition) {
        int width = EVENTS.size();
        List<Integer> outputs = type.pairs() ? List.of(0, 4, width, width + 4) : List.of(0, 4);
        JoinParts parts = new JoinParts(
                events(),
                filter(events(), greater(input(EVENTS, "price"), 0)),
                type,
                List.of(new JoinKey(0, 0, false)),
                condition,
                outputs,
                JoinParts.pair(EVENTS, EVENTS).select(outputs));
        return new JoinNode(parts, new Emit.Changes(0), 0, 0, 10);
    }

    static StreamPlan into(PlanNode... inputs) {
        List<SinkNode> sinks = new ArrayList<>();
        for (int i = 0; i < inputs.length; i++) {
            sinks.add(new SinkNode(
                    inputs[i],
                    new TableDescriptor(
                            "out" + i,
                            "test",
                            inputs[i].schema(),
                            Map.of(),
                            List.of(),
                            List.of(),
                            OptionValues.EMPTY,
                            null,
                            BadDataPolicy.FAIL)));
        }
        return new StreamPlan(sinks, PipelineSettings.DEFAULTS);
    }
}
