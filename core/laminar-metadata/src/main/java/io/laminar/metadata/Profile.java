package io.laminar.metadata;

import java.time.Instant;

/**
 * How an outside system is reached.
 *
 * @param options as the server writes them, secrets sealed; opaque here
 */
public record Profile(
        String id,
        String name,
        String connector,
        String description,
        String options,
        Instant created,
        Instant updated) {}
