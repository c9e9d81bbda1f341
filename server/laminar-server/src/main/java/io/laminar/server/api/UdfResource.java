package io.laminar.server.api;

import java.time.Instant;

/**
 * A function of a user.
 *
 * @param definition the {@code CREATE FUNCTION}
 */
public record UdfResource(String id, String name, String definition, String description, Instant createdAt) {}
