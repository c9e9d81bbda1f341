package io.laminar.plan.explain;

import io.laminar.plan.StreamPlan;
import io.laminar.plan.node.PlanNode;
import java.util.HashSet;
import java.util.Set;

/** A plan as a tree of text, sinks at the top. What several nodes read is written out once and then referred to. */
public final class ExplainTree {
    private final StringBuilder out = new StringBuilder();
    private final Set<PlanNode> written = new HashSet<>();
    private final Steps steps;

    private ExplainTree(StreamPlan plan) {
        steps = new Steps(plan);
    }

    public static String of(StreamPlan plan) {
        ExplainTree tree = new ExplainTree(plan);
        plan.sinks().forEach(sink -> tree.write(sink, "", ""));
        return tree.out.toString();
    }

    /** What a node does, without its name and its inputs. */
    public static String details(PlanNode node) {
        return NodeText.of(node).details();
    }

    private void write(PlanNode node, String firstIndent, String indent) {
        Words words = NodeText.of(node);
        int mark = steps.mark(node);
        out.append(firstIndent);
        if (!written.add(node)) {
            out.append("see #").append(mark).append(" (").append(words.name()).append(")\n");
            return;
        }
        if (mark > 0) {
            out.append('#').append(mark).append(' ');
        }
        out.append(words.name()).append(": ").append(words.details());
        out.append("  <").append(steps.changes(node)).append('>');
        if (!words.state().isEmpty()) {
            out.append("  {state: ").append(words.stateText()).append('}');
        }
        if (!steps.note(node).isEmpty()) {
            out.append("  {note: ").append(steps.note(node)).append('}');
        }
        out.append('\n');
        int last = node.inputs().size() - 1;
        for (int i = 0; i <= last; i++) {
            boolean isLast = i == last;
            write(node.inputs().get(i), indent + (isLast ? "└─ " : "├─ "), indent + (isLast ? "   " : "│  "));
        }
    }
}
