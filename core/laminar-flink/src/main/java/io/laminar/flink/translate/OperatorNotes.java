package io.laminar.flink.translate;

import io.laminar.flink.metrics.OperatorLayout;
import io.laminar.flink.metrics.PlanOperator;
import io.laminar.flink.metrics.Role;
import io.laminar.plan.PlanIds;
import io.laminar.plan.explain.ExplainTree;
import io.laminar.plan.node.PlanNode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.flink.runtime.jobgraph.OperatorID;
import org.apache.flink.streaming.api.graph.StreamGraphHasherV2;

/** What is noted of Flink's operators while a plan is laid out. */
final class OperatorNotes {
    private static final int LONGEST_TEXT = 100;

    private final PlanIds ids;
    private final Map<String, String> descriptions = new HashMap<>();
    private final Set<String> stateful = new TreeSet<>();
    private final Set<String> singles = new TreeSet<>();
    private final Map<String, PlanOperator> shown = new LinkedHashMap<>();
    private final Set<String> shownSingles = new TreeSet<>();

    OperatorNotes(PlanIds ids) {
        this.ids = ids;
    }

    /** @param single whether it has one subtask at every parallelism */
    void describe(String uid, String description, boolean single) {
        String id = operatorId(uid);
        descriptions.put(id, description);
        if (single) {
            singles.add(id);
        }
    }

    /** An operator keeps state between rows. */
    void stateful(String uid) {
        stateful.add(operatorId(uid));
    }

    /** Users know the operator as a node of the plan, or as a part of it. */
    void show(String uid, PlanNode node, String name, Role role, boolean single) {
        String id = ids.of(node);
        shown.put(operatorId(uid), new PlanOperator(id, name, details(node), role));
        if (single) {
            shownSingles.add(id);
        }
    }

    TranslatedOperators all(int maxParallelism) {
        return new TranslatedOperators(
                descriptions, stateful, singles, new OperatorLayout(shown, shownSingles, maxParallelism));
    }

    /** Flink's id of an operator. */
    private static String operatorId(String uid) {
        return new OperatorID(StreamGraphHasherV2.generateUserSpecifiedHash(uid)).toHexString();
    }

    /** What an operator does, in a line. */
    static String text(PlanNode node, String name) {
        return name + " (" + details(node) + ")";
    }

    private static String details(PlanNode node) {
        String details = ExplainTree.details(node);
        return details.length() <= LONGEST_TEXT ? details : details.substring(0, LONGEST_TEXT - 3) + "...";
    }
}
