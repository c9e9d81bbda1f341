package io.laminar.cli;

import io.laminar.cli.output.DisplayWidth;
import io.laminar.plan.explain.PlanGraph;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A plan as a picture (SVG): operators as boxes, sources on the left, each right of all that it reads. Boxes of a column
 * stand in the order in which their inputs do, which keeps most edges from crossing.
 */
final class PlanPicture {
    private static final int MARGIN = 20;
    private static final int CHAR = 7;
    private static final int LINE = 16;
    private static final int PAD = 10;
    private static final int GAP_X = 60;
    private static final int GAP_Y = 24;
    private static final int MOST_CHARS = 60;

    private final PlanGraph graph;
    private final Map<String, Box> boxes = new HashMap<>();
    private final List<List<Box>> columns = new ArrayList<>();

    /** An operator with its place, in pixels. */
    private static final class Box {
        private final PlanGraph.Node node;
        private final List<String> lines;
        private final int column;
        private int x;
        private int y;

        Box(PlanGraph.Node node, int column) {
            this.node = node;
            this.column = column;
            this.lines = lines(node);
        }

        int width() {
            return lines.stream().mapToInt(DisplayWidth::of).max().orElse(0) * CHAR + 2 * PAD;
        }

        int height() {
            return lines.size() * LINE + 2 * PAD - 4;
        }

        int middle() {
            return y + height() / 2;
        }
    }

    private PlanPicture(PlanGraph graph) {
        this.graph = graph;
    }

    static String of(PlanGraph graph) {
        PlanPicture picture = new PlanPicture(graph);
        picture.place();
        return picture.svg();
    }

    private static List<String> lines(PlanGraph.Node node) {
        List<String> lines =
                new ArrayList<>(List.of(node.name() + (node.split().isEmpty() ? "" : " (" + node.split() + ")")));
        if (!node.details().isEmpty()) {
            lines.add(cut(node.details()));
        }
        lines.add(node.changelog());
        if (!node.state().isEmpty()) {
            lines.add(cut("state: " + node.state() + (node.kept().isEmpty() ? "" : ", kept " + node.kept())));
        }
        return lines;
    }

    private static String cut(String text) {
        return DisplayWidth.of(text) <= MOST_CHARS ? text : DisplayWidth.cut(text, MOST_CHARS - 1) + "\u2026";
    }

    /** Nodes come sources first, so what one reads has its column already. */
    private void place() {
        Map<String, List<Box>> inputs = new HashMap<>();
        for (PlanGraph.Node node : graph.nodes()) {
            List<Box> read = graph.edges().stream()
                    .filter(edge -> edge.to().equals(node.id()))
                    .map(edge -> boxes.get(edge.from()))
                    .toList();
            int column = read.stream().mapToInt(box -> box.column + 1).max().orElse(0);
            Box box = new Box(node, column);
            boxes.put(node.id(), box);
            inputs.put(node.id(), read);
            while (columns.size() <= column) {
                columns.add(new ArrayList<>());
            }
            columns.get(column).add(box);
        }
        int x = MARGIN;
        for (List<Box> column : columns) {
            int y = MARGIN;
            int width = 0;
            for (Box box : column) {
                List<Box> read = inputs.getOrDefault(box.node.id(), List.of());
                int wanted = (int) read.stream().mapToInt(Box::middle).average().orElse(0) - box.height() / 2;
                box.x = x;
                box.y = Math.max(y, wanted);
                y = box.y + box.height() + GAP_Y;
                width = Math.max(width, box.width());
            }
            x += width + GAP_X;
        }
    }

    private String svg() {
        int width = MARGIN
                + boxes.values().stream()
                        .mapToInt(box -> box.x + box.width())
                        .max()
                        .orElse(0);
        int height = MARGIN
                + boxes.values().stream()
                        .mapToInt(box -> box.y + box.height())
                        .max()
                        .orElse(0);
        StringBuilder svg = new StringBuilder();
        svg.append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .append(width)
                .append("\" height=\"");
        svg.append(height).append("\" viewBox=\"0 0 ").append(width).append(' ').append(height);
        svg.append("\" font-family=\"monospace\" font-size=\"11\">\n");
        svg.append("<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
        svg.append(
                "<defs><marker id=\"tip\" markerWidth=\"8\" markerHeight=\"8\" refX=\"7\" refY=\"4\" orient=\"auto\">");
        svg.append("<path d=\"M0 0 L8 4 L0 8 Z\" fill=\"#555\"/></marker></defs>\n");
        graph.edges().forEach(edge -> edge(boxes.get(edge.from()), boxes.get(edge.to()), svg));
        graph.nodes().forEach(node -> box(boxes.get(node.id()), svg));
        return svg.append("</svg>\n").toString();
    }

    private static void edge(
            @org.jspecify.annotations.Nullable Box from, @org.jspecify.annotations.Nullable Box to, StringBuilder svg) {
        if (from == null || to == null) {
            return;
        }
        int start = from.x + from.width();
        int bend = (start + to.x) / 2;
        svg.append("<path d=\"M").append(start).append(' ').append(from.middle());
        svg.append(" C").append(bend).append(' ').append(from.middle());
        svg.append(' ').append(bend).append(' ').append(to.middle());
        svg.append(' ').append(to.x).append(' ').append(to.middle());
        svg.append("\" fill=\"none\" stroke=\"#555\" marker-end=\"url(#tip)\"/>\n");
    }

    private static void box(@org.jspecify.annotations.Nullable Box box, StringBuilder svg) {
        if (box == null) {
            return;
        }
        svg.append("<g><rect x=\"").append(box.x).append("\" y=\"").append(box.y);
        svg.append("\" width=\"").append(box.width()).append("\" height=\"").append(box.height());
        svg.append("\" rx=\"4\" fill=\"").append(box.node.state().isEmpty() ? "#f4f7fb" : "#fdf3dc");
        svg.append("\" stroke=\"#8899aa\"/>\n");
        int y = box.y + PAD + LINE - 6;
        for (int n = 0; n < box.lines.size(); n++) {
            svg.append("<text x=\"").append(box.x + PAD).append("\" y=\"").append(y);
            svg.append(n == 0 ? "\" font-weight=\"bold\">" : "\" fill=\"#444\">");
            svg.append(escaped(box.lines.get(n))).append("</text>\n");
            y += LINE;
        }
        svg.append("</g>\n");
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
