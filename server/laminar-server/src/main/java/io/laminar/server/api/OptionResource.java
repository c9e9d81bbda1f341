package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One option of a connector or format.
 *
 * @param kind what values it takes
 * @param choices the values it takes, if they are listed
 * @param secret whether its value is never shown
 * @param connection whether it belongs to a profile rather than a table
 */
public record OptionResource(
        String name,
        String kind,
        boolean required,
        @Nullable Object defaultValue,
        List<String> choices,
        boolean secret,
        boolean connection,
        String description) {}
