package io.laminar.server.api;

import java.time.Instant;

/**
 * A line of the log.
 */
public record LogLineResource(Instant at, String level, String logger, String message) {}
