package io.laminar.server.api;

import java.time.Instant;

/**
 * Something that went wrong in a job, after which it went on or not.
 */
public record JobErrorResource(String id, Instant at, ErrorAnswer.Problem error) {}
