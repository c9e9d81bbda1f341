package io.laminar.server.api;

import java.time.Instant;

/**
 * Something that happened to a job.
 *
 * @param kind state, stop, error or scaling
 */
public record JobEventResource(String id, Instant at, String kind, String message) {}
