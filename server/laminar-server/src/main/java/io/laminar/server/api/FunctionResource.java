package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of SQL.
 */
public record FunctionResource(
        String name,
        String category,
        List<String> signatures,
        String description,
        @Nullable String example) {}
