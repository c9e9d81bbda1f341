package io.laminar.server.api;

/**
 * A column.
 *
 * @param type as SQL writes it
 */
public record ColumnResource(String name, String type, boolean nullable) {}
