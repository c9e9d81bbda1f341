package io.laminar.server.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A connection to try.
 *
 * @param id of a profile; its options are taken where none are given
 * @param connector if there is no profile yet
 */
public record TestProfile(
        @Nullable String id,
        @Nullable String connector,
        @Nullable Map<String, String> options) {}
