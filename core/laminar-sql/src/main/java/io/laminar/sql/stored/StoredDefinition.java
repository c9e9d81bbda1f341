package io.laminar.sql.stored;

/**
 * A table or function that texts use without declaring it.
 *
 * @param name as it is stored
 * @param text one statement: CREATE TABLE or CREATE FUNCTION of that name
 */
public record StoredDefinition(String name, String text) {}
