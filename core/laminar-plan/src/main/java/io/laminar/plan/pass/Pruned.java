package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node without some of its columns.
 *
 * @param kept former positions of its columns, in their present order
 */
record Pruned(PlanNode node, List<Integer> kept) {
    int position(int former) {
        int position = kept.indexOf(former);
        if (position < 0) {
            throw new IllegalStateException("column " + former + " was left out although it is read");
        }
        return position;
    }

    List<Integer> positions(List<Integer> former) {
        return former.stream().map(this::position).toList();
    }

    List<SortKey> order(List<SortKey> former) {
        return former.stream()
                .map(key -> new SortKey(position(key.column()), key.descending(), key.nullsFirst()))
                .toList();
    }

    List<AggregateCall> calls(List<AggregateCall> former) {
        return former.stream().map(this::call).toList();
    }

    private AggregateCall call(AggregateCall call) {
        Integer filter = call.filter();
        return new AggregateCall(
                call.function(),
                positions(call.arguments()),
                call.distinct(),
                filter == null ? null : position(filter),
                order(call.order()),
                call.type(),
                call.nullable(),
                call.user());
    }

    WindowSpec window(WindowSpec former) {
        return former instanceof WindowSpec.Attached attached ? attached(attached) : former;
    }

    WindowSpec.Attached attached(WindowSpec.Attached former) {
        return new WindowSpec.Attached(position(former.startColumn()), position(former.endColumn()));
    }

    @Nullable
    Expression expression(@Nullable Expression former) {
        return former == null ? null : Expressions.moveInputs(former, this::position);
    }
}
