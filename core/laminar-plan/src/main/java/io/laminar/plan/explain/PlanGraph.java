package io.laminar.plan.explain;

import io.laminar.plan.PlanIds;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** A plan as nodes and edges, for machines and for drawing. Every node once, sources first. */
public record PlanGraph(List<Node> nodes, List<Edge> edges) {

    /**
     * One operator.
     *
     * @param id stable name, see {@link PlanIds}
     * @param readers how many operators read it; more than one share it
     * @param mark number of a shared one, as in the text; 0 for others
     * @param state what it keeps between rows; empty for nothing
     * @param kept how long it keeps what does not change; empty for as long as it needs it
     * @param changelog {@code append}, {@code upsert} or {@code changelog}
     * @param upsertKeys sets of columns, each of which tells its rows apart
     * @param filter conditions by which a source leaves out rows
     * @param split part of an aggregation in two levels: {@code local}, {@code global}, {@code distinct by bucket} or
     *     {@code distinct over buckets}; empty for others
     * @param note what was asked for and is not done, and why; empty for nothing
     */
    public record Node(
            String id,
            String name,
            String details,
            int readers,
            int mark,
            String state,
            String kept,
            String changelog,
            List<List<String>> upsertKeys,
            List<String> filter,
            String split,
            String note,
            List<String> columns) {

        /** As it is drawn: a line for each thing to say. */
        private String label() {
            List<String> lines = new ArrayList<>();
            lines.add((mark > 0 ? "#" + mark + " " : "") + name + (split.isEmpty() ? "" : " (" + split + ")"));
            lines.add(details);
            lines.add(Modes.text(changelog, upsertKeys));
            if (!state.isEmpty()) {
                lines.add("state: " + state + (kept.isEmpty() ? "" : ", kept " + kept));
            }
            if (!note.isEmpty()) {
                lines.add(note);
            }
            return String.join("\n", lines);
        }
    }

    public record Edge(String from, String to) {}

    public static PlanGraph of(StreamPlan plan) {
        Collector collector = new Collector(new Steps(plan));
        plan.sinks().forEach(collector::visit);
        return new PlanGraph(List.copyOf(collector.nodes), List.copyOf(collector.edges));
    }

    private static final class Collector {
        private final Steps steps;
        private final PlanIds ids = new PlanIds();
        private final Set<PlanNode> seen = new HashSet<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Edge> edges = new ArrayList<>();

        Collector(Steps steps) {
            this.steps = steps;
        }

        void visit(PlanNode node) {
            if (!seen.add(node)) {
                return;
            }
            for (PlanNode input : node.inputs()) {
                visit(input);
            }
            Words words = NodeText.of(node);
            String id = ids.of(node);
            nodes.add(new Node(
                    id,
                    words.name(),
                    words.details(),
                    steps.readers(node),
                    steps.mark(node),
                    words.state(),
                    words.kept(),
                    Modes.text(node.changelog()),
                    steps.upsertKeys(node),
                    steps.pushed(node),
                    steps.split(node),
                    steps.note(node),
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
            out.append(", \"readers\": ").append(node.readers());
            out.append(", \"mark\": ").append(node.mark());
            out.append(", \"state\": ").append(quoted(node.state()));
            out.append(", \"kept\": ").append(quoted(node.kept()));
            out.append(", \"changelog\": ").append(quoted(node.changelog()));
            out.append(", \"upsert_keys\": [")
                    .append(node.upsertKeys().stream().map(PlanGraph::list).collect(Collectors.joining(", ")));
            out.append("], \"filter\": ").append(list(node.filter()));
            out.append(", \"split\": ").append(quoted(node.split()));
            out.append(", \"note\": ").append(quoted(node.note()));
            out.append(", \"columns\": ").append(list(node.columns())).append('}');
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
            out.append(quoted(node.label())).append("];\n");
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

    private static String list(List<String> texts) {
        return texts.stream().map(PlanGraph::quoted).collect(Collectors.joining(", ", "[", "]"));
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
