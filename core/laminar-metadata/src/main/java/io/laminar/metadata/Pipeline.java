package io.laminar.metadata;

import java.time.Instant;

/**
 * A pipeline.
 *
 * @param version ascends with every change of the query
 * @param query of that version
 * @param settings as the server writes them: parallelism, interval of checkpoints; opaque here
 * @param runs whether it is meant to run, whatever it does now
 */
public record Pipeline(
        String id,
        String name,
        long version,
        String query,
        String settings,
        boolean runs,
        Instant created,
        Instant updated) {}
