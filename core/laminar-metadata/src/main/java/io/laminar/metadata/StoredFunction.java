package io.laminar.metadata;

import java.time.Instant;

/**
 * A function of a user.
 *
 * @param definition the statement that declares it
 */
public record StoredFunction(String id, String name, String definition, String description, Instant created) {}
