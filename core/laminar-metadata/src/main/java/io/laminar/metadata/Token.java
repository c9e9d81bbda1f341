package io.laminar.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a user shows to be let in; of its text only a hash is kept. */
public record Token(
        String id,
        String name,
        String role,
        String hash,
        Instant created,
        @Nullable Instant lastUsed) {}
