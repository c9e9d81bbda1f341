package io.laminar.plan.pass;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.WindowAggregateNode;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** Aggregations over inputs with fewer columns, and without calls whose results nobody reads. */
final class AggregateColumns {

    private AggregateColumns() {}

    /** Columns of the result that an aggregation cannot do without. */
    static BitSet required(PlanNode node, List<Integer> keys, List<AggregateCall> calls, Phase phase, BitSet wanted) {
        BitSet required = new BitSet();
        int width = node.schema().size();
        if (phase != Phase.COMPLETE) {
            // The other phase counts on the columns.
            required.set(0, width);
            return required;
        }
        required.set(0, keys.size());
        for (int i = 0; i < calls.size(); i++) {
            // It fails where there is more than one row, read or not.
            required.set(keys.size() + i, calls.get(i).function().equals("single_value"));
        }
        boolean bare = keys.isEmpty() && wanted.isEmpty() && required.isEmpty();
        if (bare && !calls.isEmpty()) {
            required.set(0);
        }
        if (node instanceof WindowAggregateNode) {
            required.set(width - 2, width);
        }
        return required;
    }

    /** The calls whose results are wanted; of one phase of several all are. */
    static List<AggregateCall> read(List<AggregateCall> calls, int keys, BitSet wanted, Phase phase) {
        return read(calls, keys, wanted::get, phase);
    }

    private static List<AggregateCall> read(List<AggregateCall> calls, int keys, IntPredicate wanted, Phase phase) {
        return phase != Phase.COMPLETE
                ? calls
                : IntStream.range(0, calls.size())
                        .filter(i -> wanted.test(keys + i))
                        .mapToObj(calls::get)
                        .toList();
    }

    /** @param kept columns of the result */
    static Pruned pruned(WindowAggregateNode node, Pruned input, List<Integer> kept) {
        List<AggregateCall> calls = read(node.calls(), node.keys().size(), kept::contains, node.phase());
        return new Pruned(
                new WindowAggregateNode(
                        input.node(),
                        input.window(node.window()),
                        node.time(),
                        input.positions(node.keys()),
                        input.calls(calls),
                        node.phase(),
                        node.emit(),
                        node.schema().select(kept)),
                kept);
    }

    /** @param kept columns of the result */
    static Pruned pruned(AggregateNode node, Pruned input, List<Integer> kept) {
        List<AggregateCall> calls = read(node.calls(), node.keys().size(), kept::contains, node.phase());
        return new Pruned(
                new AggregateNode(
                        input.node(),
                        input.positions(node.keys()),
                        input.calls(calls),
                        node.phase(),
                        node.emit(),
                        node.ttl(),
                        node.schema().select(kept)),
                kept);
    }
}
