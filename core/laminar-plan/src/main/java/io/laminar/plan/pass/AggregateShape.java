package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an aggregation computes, in terms of what the projection below it reads: neither the names nor the positions of
 * its columns matter.
 *
 * @param groups what it has to have in common with another one to share its groups
 * @param keys over the rows
 * @param calls in the order of the node's columns
 */
record AggregateShape(Groups groups, List<Expression> keys, List<Call> calls) {

    /** Rows on their way into an aggregation: those of a node that meet a condition. */
    record Rows(
            PlanNode node,
            @Nullable Expression condition,
            @Nullable Expression rowtime) {}

    /**
     * How rows are grouped and when results leave.
     *
     * @param window with its columns as expressions; null for all rows so far
     * @param calls null where results leave once; otherwise an aggregation emits whenever one of them changes
     */
    record Groups(
            Rows rows,
            Set<Expression> keys,
            @Nullable Window window,
            Emit emit,
            long ttl,
            @Nullable Set<Call> calls) {}

    /** @param spec null for windows the rows bring along, whose bounds are given */
    record Window(@Nullable WindowSpec spec, List<Expression> bounds, TimeDomain time) {}

    /** An aggregate. */
    record Call(
            String function,
            List<Expression> arguments,
            boolean distinct,
            @Nullable Expression filter,
            List<Order> order,
            DataType type,
            boolean nullable,
            @Nullable UserFunction user) {}

    record Order(Expression value, boolean descending, boolean nullsFirst) {}

    /** The shape of a whole aggregation; null for other nodes. */
    static @Nullable AggregateShape of(PlanNode node) {
        if (node instanceof WindowAggregateNode aggregate && aggregate.phase() == Phase.COMPLETE) {
            return of(aggregate);
        }
        return node instanceof AggregateNode aggregate && aggregate.phase() == Phase.COMPLETE ? of(aggregate) : null;
    }

    private static @Nullable AggregateShape of(WindowAggregateNode aggregate) {
        List<Expression> columns = columns(aggregate.input());
        WindowSpec spec = aggregate.window();
        Window window = spec instanceof WindowSpec.Attached attached
                ? new Window(
                        null,
                        List.of(columns.get(attached.startColumn()), columns.get(attached.endColumn())),
                        aggregate.time())
                : new Window(spec, List.of(), aggregate.time());
        return of(aggregate, aggregate.keys(), aggregate.calls(), window, aggregate.emit(), 0);
    }

    private static @Nullable AggregateShape of(AggregateNode aggregate) {
        return of(aggregate, aggregate.keys(), aggregate.calls(), null, aggregate.emit(), aggregate.ttl());
    }

    private static @Nullable AggregateShape of(
            PlanNode node,
            List<Integer> keyColumns,
            List<AggregateCall> nodeCalls,
            @Nullable Window window,
            Emit emit,
            long ttl) {
        PlanNode input = node.inputs().get(0);
        List<Expression> columns = columns(input);
        if (columns.stream().anyMatch(Expressions::isVolatile)) {
            return null;
        }
        List<Expression> keys = keyColumns.stream().map(columns::get).toList();
        List<Call> calls = nodeCalls.stream().map(call -> call(call, columns)).toList();
        Rows rows = input instanceof FilterProjectNode project
                ? new Rows(project.input(), project.condition(), project.rowtime())
                : new Rows(input, null, null);
        Set<Call> counted = emit instanceof Emit.Final ? null : new HashSet<>(calls);
        return new AggregateShape(new Groups(rows, new HashSet<>(keys), window, emit, ttl, counted), keys, calls);
    }

    private static List<Expression> columns(PlanNode input) {
        if (input instanceof FilterProjectNode project) {
            return project.projections();
        }
        Schema schema = input.schema();
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            Field field = schema.field(i);
            columns.add(new Expression.Input(i, field.type(), field.nullable()));
        }
        return columns;
    }

    private static Call call(AggregateCall call, List<Expression> columns) {
        Integer filter = call.filter();
        return new Call(
                call.function(),
                call.arguments().stream().map(columns::get).toList(),
                call.distinct(),
                filter == null ? null : columns.get(filter),
                call.order().stream().map(key -> order(key, columns)).toList(),
                call.type(),
                call.nullable(),
                call.user());
    }

    private static Order order(SortKey key, List<Expression> columns) {
        return new Order(columns.get(key.column()), key.descending(), key.nullsFirst());
    }
}
