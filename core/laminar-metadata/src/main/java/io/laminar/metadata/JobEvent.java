package io.laminar.metadata;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param kind for example {@code error}
 * @param details as the server writes them; opaque here
 */
public record JobEvent(String id, String job, String kind, String message, String details, Instant created) {}
