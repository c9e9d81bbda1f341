package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plan as a graph: operators, and how rows go between them.
 */
public record GraphResource(List<Node> nodes, List<Edge> edges) {

    /**
     * One operator.
     *
     * @param id stable as long as the operator computes the same
     * @param state what it keeps between rows; empty for nothing
     * @param columns of the rows it gives
     */
    public record Node(
            String id,
            String name,
            String details,
            String state,
            String changelog,
            List<String> columns,
            @Nullable String note) {}

    public record Edge(String from, String to) {}
}
