package io.laminar.plan.explain;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import java.util.HashMap;
import java.util.Map;

/** A plan as a tree of text, sinks at the top. What several nodes read is written out once and then referred to. */
public final class ExplainTree {
    private final StringBuilder out = new StringBuilder();
    private final Map<PlanNode, Integer> uses = new HashMap<>();
    private final Map<PlanNode, Integer> marks = new HashMap<>();

    private ExplainTree() {}

    public static String of(StreamPlan plan) {
        ExplainTree tree = new ExplainTree();
        plan.sinks().forEach(tree::count);
        plan.sinks().forEach(sink -> tree.write(sink, "", ""));
        return tree.out.toString();
    }

    /** What a node does, without its name and its inputs. */
    public static String details(PlanNode node) {
        return NodeText.of(node).details();
    }

    private void count(PlanNode node) {
        if (uses.merge(node, 1, Integer::sum) == 1) {
            node.inputs().forEach(this::count);
        }
    }

    private void write(PlanNode node, String firstIndent, String indent) {
        NodeText.Words words = NodeText.of(node);
        Integer mark = marks.get(node);
        out.append(firstIndent);
        if (mark != null) {
            out.append("see #").append(mark).append(" (").append(words.name()).append(")\n");
            return;
        }
        if (uses.getOrDefault(node, 0) > 1) {
            marks.put(node, marks.size() + 1);
            out.append('#').append(marks.size()).append(' ');
        }
        out.append(words.name()).append(": ").append(words.details());
        out.append("  <").append(Modes.text(node.changelog())).append('>');
        if (!words.state().isEmpty()) {
            out.append("  {state: ").append(words.state()).append('}');
        }
        out.append('\n');
        int last = node.inputs().size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean isLast = i == last;
            write(node.inputs().get(i), indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "));
        }
    }
}
