package io.laminar.plan;

import io.laminar.plan.node.InputStub;
import io.laminar.plan.node.PlanNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * Names for nodes that follow from what they compute and from what, not from where they stand: after a change of the
 * query the parts that did not change keep their names and with them their state.
 */
public final class PlanIds {
    private final Map<PlanNode, String> ids = new HashMap<>();

    /** 24 hexadecimal digits. Equal nodes have equal ids. */
    public String of(PlanNode node) {
        String known = ids.get(node);
        if (known == null) {
            StringBuilder content = new StringBuilder(alone(node).toString());
            node.inputs().forEach(input -> content.append(' ').append(of(input)));
            known = hash(content.toString());
            ids.put(node, known);
        }
        return known;
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
