package io.laminar.server.api;

import java.time.Instant;

/**
 * Somebody changed something.
 *
 * @param actor name of the token
 * @param action the call
 */
public record AuditResource(String id, String actor, String action, String resource, Instant createdAt) {}
