package io.laminar.metadata;

import java.time.Instant;

/** A query that a pipeline has, or had. */
public record PipelineVersion(long version, String query, Instant created) {}
