package io.laminar.plan.pass;

import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowTopNNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Rankings over inputs with fewer columns. */
final class RankingColumns {

    private RankingColumns() {}

    static Pruned pruned(WindowTopNNode node, Pruned input) {
        List<Integer> kept = new ArrayList<>(input.kept());
        int rank = node.input().schema().size();
        if (node.withRank()) {
            kept.add(rank);
        }
        return new Pruned(
                new WindowTopNNode(
                        input.node(),
                        input.attached(node.window()),
                        input.positions(node.partition()),
                        input.order(node.order()),
                        node.function(),
                        node.first(),
                        node.last(),
                        node.withRank(),
                        node.schema().select(kept)),
                kept);
    }

    /** @param required columns of the result that are read; the rank may not be */
    static Pruned pruned(TopNNode node, Pruned input, BitSet required) {
        List<Integer> kept = new ArrayList<>(input.kept());
        int rank = node.input().schema().size();
        boolean withRank = node.withRank() && required.get(rank);
        if (withRank) {
            kept.add(rank);
        }
        return new Pruned(
                new TopNNode(
                        input.node(),
                        input.positions(node.partition()),
                        input.order(node.order()),
                        node.function(),
                        node.first(),
                        node.last(),
                        withRank,
                        node.emit(),
                        node.ttl(),
                        node.schema().select(kept)),
                kept);
    }

    static Pruned pruned(DeduplicateNode node, Pruned input) {
        return new Pruned(
                new DeduplicateNode(
                        input.node(), input.positions(node.keys()), node.keep(), node.time(), node.emit(), node.ttl()),
                input.kept());
    }
}
