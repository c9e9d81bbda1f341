package io.laminar.plan;

import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.Distribution;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.SourceNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.table.TableDescriptor;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Names for nodes, under which their state is saved. A node is called after what it computes and from what, not after
 * where it stands: after a change of the query the parts that did not change keep their names and with them their state.
 * A source is called after its table alone, whatever columns and rows of it the queries want: it goes on reading where it
 * was. So is a sink: what it has promised to commit is committed, whoever fills it. A final aggregation has the name of
 * the whole one: both keep the same, so whether rows are folded before may change as well.
 */
public final class PlanIds {
    private final Map<PlanNode, String> contents = new HashMap<>();

    /** Names of sources and sinks to the contents they are given to. */
    private final Map<String, String> tables = new HashMap<>();

    /** 24 hexadecimal digits. Equal nodes have equal ids. */
    public String of(PlanNode node) {
        String content = content(node);
        String table = table(node);
        if (table == null) {
            return content;
        }
        // The first of several scans of a table, or of several queries that fill one, is called after it.
        String name = hash(table);
        return tables.computeIfAbsent(name, first -> content).equals(content) ? name : hash(table + content);
    }

    private String content(PlanNode node) {
        String known = contents.get(node);
        if (known == null) {
            PlanNode whole = whole(node);
            StringBuilder content = new StringBuilder(alone(whole).toString());
            whole.inputs().forEach(input -> content.append(' ').append(content(input)));
            known = hash(content.toString());
            contents.put(node, known);
        }
        return known;
    }

    private static @Nullable String table(PlanNode node) {
        if (node instanceof SourceNode source) {
            TableDescriptor table = source.table();
            FormatSpec format = table.format();
            return String.join(
                    "|",
                    "source",
                    table.name(),
                    table.connector(),
                    table.options().toString(),
                    format == null ? "" : format.format() + format.options(),
                    String.valueOf(source.bounded()),
                    source.changelog().toString());
        }
        return node instanceof SinkNode sink ? "sink|" + sink.table() : null;
    }

    private static PlanNode whole(PlanNode node) {
        if (!(node.inputs().size() == 1 && node.inputs().get(0) instanceof ExchangeNode exchange)) {
            return node;
        }
        if (node instanceof AggregateNode last
                && last.phase() == Phase.FINAL
                && exchange.input() instanceof AggregateNode partial) {
            return new AggregateNode(
                    earlier(exchange, partial.input(), partial.keys()),
                    partial.keys(),
                    partial.calls(),
                    Phase.COMPLETE,
                    last.emit(),
                    last.ttl(),
                    last.schema());
        }
        if (node instanceof WindowAggregateNode last
                && last.phase() == Phase.FINAL
                && exchange.input() instanceof WindowAggregateNode partial) {
            return new WindowAggregateNode(
                    earlier(exchange, partial.input(), partial.keys()),
                    last.window(),
                    last.time(),
                    partial.keys(),
                    partial.calls(),
                    Phase.COMPLETE,
                    last.emit(),
                    last.schema());
        }
        return node;
    }

    /** The exchange that there would be without a partial node before it. */
    private static PlanNode earlier(ExchangeNode exchange, PlanNode input, List<Integer> keys) {
        return new ExchangeNode(
                input,
                exchange.distribution() instanceof Distribution.Keyed
                        ? new Distribution.Keyed(keys)
                        : exchange.distribution());
    }

    /** A node over stubs instead of its inputs. */
    public static PlanNode alone(PlanNode node) {
        return node.withInputs(node.inputs().stream()
                .<PlanNode>map(input -> new InputStub(input.schema(), input.changelog()))
                .toList());
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
