package io.laminar.server.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile to create.
 *
 * @param options of its connector; values may have placeholders, {@code {{ NAME }}}, for variables of the environment
 */
public record NewProfile(
        String name, String connector, @Nullable String description, Map<String, String> options) {}
