package io.laminar.server.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a profile.
 *
 * @param options those to set; null takes one away, {@code ***} leaves a secret as it is; others stay
 */
public record ProfileChange(
        @Nullable String description, @Nullable Map<String, @Nullable String> options) {}
