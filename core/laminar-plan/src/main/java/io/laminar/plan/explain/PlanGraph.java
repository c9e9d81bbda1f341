package io.laminar.plan.explain;

import io.laminar.plan.PlanIds;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A plan as nodes and edges, for machines and for drawing. Every node once, sources first. */
public record PlanGraph(List<Node> nodes, List<Edge> edges) {

    /**
     * One operator.
     *
     * @param id stable name, see {@link PlanIds}
     * @param state what it keeps between rows; empty for nothing
     * @param changelog {@code append}, {@code upsert} or {@code changelog}
     */
    public record Node(String id, String name, String details, String state, String changelog, List<String> columns) {}

    public record Edge(String from, String to) {}

    public static PlanGraph of(StreamPlan plan) {
        Collector collector = new Collector();
        plan.sinks().forEach(collector::visit);
        return new PlanGraph(List.copyOf(collector.nodes), List.copyOf(collector.edges));
    }

    private static final class Collector {
        private final PlanIds ids = new PlanIds();
        private final Set<PlanNode> seen = new HashSet<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();

        void visit(PlanNode node) {
            if (!seen.add(node)) {
                return;
            }
            for (PlanNode input : node.inputs()) {
                visit(input);
            }
            NodeText.Words words = NodeText.of(node);
            String id = ids.of(node);
            nodes.add(new Node(
                    id,
                    words.name(),
                    words.details(),
                    words.state(),
                    Modes.text(node.changelog()),
                    node.schema().fields().stream()
                            .map(f -> f.name() + " " + f.type().sql() + (f.nullable() ? "" : " NOT NULL"))
                            .toList()));
            node.inputs().forEach(input -> edges.add(new Edge(ids.of(input), id)));
        }
    }

    /** JSON with the members {@code nodes} and {@code edges}. */
    public String json() {
        StringBuilder out = new StringBuilder("{\n  \"nodes\": [");
        String separator = "\n";
        for (Node node : nodes) {
            out.append(separator).append("    {\"id\": ").append(quoted(node.id()));
            out.append(", \"name\": ").append(quoted(node.name()));
            out.append(", \"details\": ").append(quoted(node.details()));
            out.append(", \"state\": ").append(quoted(node.state()));
            out.append(", \"changelog\": ").append(quoted(node.changelog()));
            out.append(", \"columns\": [");
            out.append(String.join(
                    ", ", node.columns().stream().map(PlanGraph::quoted).toList()));
            out.append("]}");
            separator = ",\n";
        }
        out.append("\n  ],\n  \"edges\": [");
        separator = "\n";
        for (Edge edge : edges) {
            out.append(separator).append("    {\"from\": ").append(quoted(edge.from()));
            out.append(", \"to\": ").append(quoted(edge.to())).append('}');
            separator = ",\n";
        }
        return out.append("\n  ]\n}\n").toString();
    }

    /** A graph for Graphviz. */
    public String dot() {
        StringBuilder out = new StringBuilder("digraph pipeline {\n  rankdir=LR;\n  node [shape=box];\n");
        for (Node node : nodes) {
            out.append("  ").append(quoted(node.id())).append(" [label=");
            out.append(quoted(node.name() + "\n" + node.details())).append("];\n");
        }
        for (Edge edge : edges) {
            out.append("  ")
                    .append(quoted(edge.from()))
                    .append(" -> ")
                    .append(quoted(edge.to()))
                    .append(";\n");
        }
        return out.append("}\n").toString();
    }

    /** A string literal of JSON, which DOT reads the same way. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                default -> {
                    if (c < ' ') {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
