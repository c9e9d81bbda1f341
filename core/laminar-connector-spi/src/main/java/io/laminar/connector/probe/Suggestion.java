package io.laminar.connector.probe;

/**
 * A name that is there.
 *
 * @param detail a word about it, such as the type of a column; may be empty
 */
public record Suggestion(String name, String detail) {}
