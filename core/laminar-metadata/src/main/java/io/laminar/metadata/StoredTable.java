package io.laminar.metadata;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A table that pipelines use by name.
 *
 * @param profile id of the profile through which it is reached; null for none
 * @param definition as the server writes it; opaque here
 */
public record StoredTable(String id, String name, @Nullable String profile, String definition, Instant created) {}
