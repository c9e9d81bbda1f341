package io.laminar.metadata;

import java.time.Instant;

/**
 * Who changed what.
 *
 * @param actor name of a token, or what else asked
 * @param resource id of what was changed
 */
public record AuditEntry(String id, String actor, String action, String resource, String details, Instant created) {}
