package io.laminar.server.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token; its text is shown once, when it is made.
 */
public record TokenResource(
        String id,
        String name,
        String role,
        Instant createdAt,
        @Nullable Instant lastUsedAt) {}
