package io.laminar.sql.parser;

import io.laminar.spi.error.LaminarException;
import java.util.List;

/**
 * Everything a text holds: the statements that parse and the errors of those that do not, both in the order of the
 * text. A statement with an error appears only among the errors.
 *
 * @param unread names of tables and views whose declarations have errors: that they are missing is no error of its own
 */
public record ParseResult(List<ParsedStatement> statements, List<LaminarException> errors, List<String> unread) {}
