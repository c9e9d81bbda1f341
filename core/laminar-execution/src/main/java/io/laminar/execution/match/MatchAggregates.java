package io.laminar.execution.match;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/**
 * Aggregates over matched rows. The rows' values, whose conditions they meet and where they stand in the match become
 * columns; a filter per aggregate leaves only rows of its variables, for which alone arguments are computed.
 */
final class MatchAggregates {
    /** Matched rows: of each its handle, variable and position in the match. */
    record Matched(int[] handles, int[] variables, int[] positions, int count) {}

    private final List<MatchValue.Aggregate> aggregates;
    private final VariableNames names;
    private final RowStore store;
    private final int width;
    private final int[] read;
    private final CompiledExpressions arguments;
    private final GroupStates states;

    MatchAggregates(
            List<MatchValue.Aggregate> aggregates, MatchNode node, RowStore store, ExpressionCompiler compiler) {
        this.aggregates = aggregates;
        this.names = new VariableNames(node.variables());
        this.store = store;
        Schema input = node.input().schema();
        this.width = input.size();
        List<Field> fields = new ArrayList<>(input.fields());
        fields.add(new Field("classifier", Scalar.TEXT));
        for (int a = 0; a < aggregates.size(); a++) {
            fields.add(new Field("of" + a, Scalar.BOOLEAN, false));
        }
        fields.add(new Field("position", Scalar.BIGINT, false));
        List<Expression> projections = new ArrayList<>();
        List<AggregateCall> calls = new ArrayList<>();
        BitSet used = new BitSet();
        for (int a = 0; a < aggregates.size(); a++) {
            MatchValue.Aggregate aggregate = aggregates.get(a);
            aggregate.arguments().forEach(argument -> Expressions.collectInputs(argument, used));
            calls.add(call(aggregate, a, projections));
        }
        used.clear(width);
        this.read = used.stream().toArray();
        // The position comes last, where all calls look for it.
        projections.add(new Expression.Input(fields.size() - 1, Scalar.BIGINT, false));
        List<Field> results = new ArrayList<>();
        for (Expression projection : projections) {
            results.add(new Field("a" + results.size(), projection.type(), projection.nullable()));
        }
        int position = projections.size() - 1;
        this.arguments = compiler.compile(new Schema(fields), null, projections, null);
        this.states = new GroupStates(
                calls.stream().map(call -> ordered(call, position)).toList(),
                new Schema(results),
                Phase.COMPLETE,
                0,
                false);
    }

    private AggregateCall call(MatchValue.Aggregate aggregate, int number, List<Expression> projections) {
        Expression member = new Expression.Input(width + 1 + number, Scalar.BOOLEAN, false);
        List<Integer> columns = new ArrayList<>();
        for (Expression argument : aggregate.arguments()) {
            columns.add(projections.size());
            projections.add(guarded(argument, member, aggregate.variables()));
        }
        Integer filter = null;
        if (aggregate.variables() != MatchValue.ALL) {
            filter = projections.size();
            projections.add(member);
        }
        return new AggregateCall(
                aggregate.function(),
                columns,
                aggregate.distinct(),
                filter,
                List.of(),
                aggregate.type(),
                aggregate.nullable());
    }

    private static Expression guarded(Expression argument, Expression member, long variables) {
        if (variables == MatchValue.ALL || argument instanceof Expression.Input) {
            return argument;
        }
        return new Expression.Case(
                List.of(new Expression.Case.Branch(member, argument)),
                new Expression.Literal(null, argument.type()),
                argument.type(),
                true);
    }

    /** Aggregates that depend on order go by that of the match. Different values have no position. */
    private static AggregateCall ordered(AggregateCall call, int position) {
        return call.distinct()
                ? call
                : new AggregateCall(
                        call.function(),
                        call.arguments(),
                        false,
                        call.filter(),
                        List.of(new SortKey(position, false, false)),
                        call.type(),
                        call.nullable());
    }

    boolean isEmpty() {
        return aggregates.isEmpty();
    }

    GroupStates states() {
        return states;
    }

    /** What {@link #states} take of rows. */
    Batch arguments(Matched rows, EvaluationContext context) {
        int count = rows.count();
        Column[] columns = new Column[width + aggregates.size() + 2];
        for (int column : read) {
            columns[column] = store.gather(column, rows.handles(), count);
        }
        columns[width] = names.column(rows.variables(), count);
        for (int a = 0; a < aggregates.size(); a++) {
            columns[width + 1 + a] = members(aggregates.get(a).variables(), rows);
        }
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            positions[i] = rows.positions()[i];
        }
        columns[columns.length - 1] = new LongColumn(positions, null, count);
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            times[i] = store.time(rows.handles()[i]);
        }
        return Objects.requireNonNull(arguments.evaluate(new Batch(count, columns, times, null), context));
    }

    private static Column members(long set, Matched rows) {
        boolean[] members = new boolean[rows.count()];
        for (int i = 0; i < members.length; i++) {
            members[i] = (set >>> rows.variables()[i] & 1) != 0;
        }
        return new BooleanColumn(members, null, members.length);
    }
}
