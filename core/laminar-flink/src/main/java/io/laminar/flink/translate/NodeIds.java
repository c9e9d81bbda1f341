package io.laminar.flink.translate;

import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.PlanNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Names for nodes that follow from what they compute, so that a changed query keeps the names of what is unchanged. */
final class NodeIds {
    private final Map<PlanNode, String> ids = new HashMap<>();

    String of(PlanNode node) {
        String known = ids.get(node);
        if (known == null) {
            StringBuilder content = new StringBuilder();
            PlanNode alone = node.withInputs(node.inputs().stream()
                    .<PlanNode>map(i -> new InputStub(i.schema(), i.changelog()))
                    .toList());
            content.append(alone);
            node.inputs().forEach(input -> content.append(' ').append(of(input)));
            known = hash(content.toString());
            ids.put(node, known);
        }
        return known;
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
