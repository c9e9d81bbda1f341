package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/** The positions of calls of a node that stand on the different values of the same arguments. */
final class DistinctCalls {
    private final List<Integer> arguments;
    private final List<Integer> positions = new ArrayList<>();

    private DistinctCalls(List<Integer> arguments) {
        this.arguments = arguments;
    }

    /** Puts a call to those with the same arguments. */
    static void add(List<DistinctCalls> all, AggregateCall call, int position) {
        for (DistinctCalls calls : all) {
            if (calls.arguments.equals(call.arguments()) && calls.positions.size() < DistinctValues.MAX_CALLS) {
                calls.positions.add(position);
                return;
            }
        }
        DistinctCalls calls = new DistinctCalls(call.arguments());
        calls.positions.add(position);
        all.add(calls);
    }

    /** What they share; tells by position what has the results of each. */
    DistinctValues values(List<AggregateCall> calls, Schema input, boolean counting, Accumulator[] results) {
        DistinctValues values =
                Accumulators.distinct(positions.stream().map(calls::get).toList(), input, counting);
        for (int i = 0; i < positions.size(); i++) {
            results[positions.get(i)] = values.inner(i);
        }
        return values;
    }
}
