package io.laminar.plan.explain;

import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.plan.node.TimeDomain;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.WindowTopNNode;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Nodes that keep the first or last rows of something, in a few words. */
final class RankingText {

    private RankingText() {}

    static Words of(WindowTopNNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        details.add(node.function().name().toLowerCase(Locale.ROOT) + " "
                + (node.last() == Long.MAX_VALUE ? "from " + node.first() : node.first() + " to " + node.last()));
        details.add(NodeText.window(node.window(), input));
        if (!node.partition().isEmpty()) {
            details.add("by [" + NodeText.names(node.partition(), input) + "]");
        }
        details.add("order [" + NodeText.order(node.order(), input) + "]");
        return new Words("WindowTopN", String.join(", ", details), "best rows per window and partition", "");
    }

    static Words of(TopNNode node) {
        Schema input = node.input().schema();
        List<String> details = new ArrayList<>();
        details.add(node.function().name().toLowerCase(Locale.ROOT) + " " + node.first() + " to " + node.last());
        if (!node.partition().isEmpty()) {
            details.add("by [" + NodeText.names(node.partition(), input) + "]");
        }
        details.add(
                node.order().isEmpty() ? "order of arrival" : "order [" + NodeText.order(node.order(), input) + "]");
        details.add(NodeText.emit(node.emit()));
        boolean appends = node.input().changelog() == ChangelogMode.APPEND;
        return new Words(
                "TopN",
                String.join(", ", details),
                (appends ? "first rows" : "all rows") + " per partition",
                NodeText.kept(node.emit(), node.ttl()));
    }

    static Words of(DeduplicateNode node) {
        List<String> details = new ArrayList<>();
        details.add(node.keep().name().toLowerCase(Locale.ROOT));
        if (!node.keys().isEmpty()) {
            details.add("by [" + NodeText.names(node.keys(), node.schema()) + "]");
        }
        details.add(node.time() == TimeDomain.EVENT ? "event time" : "processing time");
        if (node.keep() == DeduplicateNode.Keep.LAST) {
            details.add(NodeText.emit(node.emit()));
        }
        return new Words(
                "Deduplicate", String.join(", ", details), "a row per key", NodeText.kept(node.emit(), node.ttl()));
    }

    static Words of(MaterializeNode node) {
        return new Words(
                "Materialize",
                "last row by [" + NodeText.names(node.keys(), node.schema()) + "], " + NodeText.emit(node.emit()),
                "all rows per key",
                NodeText.kept(node.emit(), node.ttl()));
    }

    static Words of(NormalizeNode node) {
        return new Words("Normalize", "by [" + NodeText.names(node.keys(), node.schema()) + "]", "a row per key", "");
    }
}
