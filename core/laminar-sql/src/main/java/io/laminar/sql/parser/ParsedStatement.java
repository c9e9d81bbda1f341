package io.laminar.sql.parser;

import io.laminar.spi.error.Place;
import org.apache.calcite.sql.SqlNode;

/**
 * A statement and where it stands in the text it was parsed from.
 *
 * @param node the statement's tree; its positions are lines and columns of the whole text
 * @param place from the first to the last character, without the semicolon
 * @param text the characters between those two
 */
public record ParsedStatement(SqlNode node, Place.Sql place, String text) {}
