package io.laminar.server.api;

import java.time.Instant;

/**
 * A query that a pipeline has had.
 */
public record PipelineVersionResource(long version, String query, Instant createdAt) {}
