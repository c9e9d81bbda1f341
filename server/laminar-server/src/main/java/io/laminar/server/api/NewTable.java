package io.laminar.server.api;

/**
 * A table to create.
 *
 * @param definition one {@code CREATE TABLE}, whose name is that of the table; it may name a {@code connection_profile}
 */
public record NewTable(String definition) {}
