package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A function to create.
 *
 * @param definition one {@code CREATE FUNCTION ... LANGUAGE JAVA AS ...}, whose name is that of the function
 */
public record NewUdf(String definition, @Nullable String description) {}
