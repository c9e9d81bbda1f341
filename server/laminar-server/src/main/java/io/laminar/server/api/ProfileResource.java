package io.laminar.server.api;

import java.time.Instant;
import java.util.Map;

/**
 * How an outside system is reached, for any number of tables.
 *
 * @param options of its connector; secrets are shown as {@code ***}
 */
public record ProfileResource(
        String id,
        String name,
        String connector,
        String description,
        Map<String, String> options,
        Instant createdAt,
        Instant updatedAt) {}
