package io.laminar.sql.catalog;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/**
 * A query with a name.
 *
 * @param query as parsed; copied before every use, because validation changes trees
 * @param columns new names of the query's columns; empty to keep them
 */
public record View(String name, SqlNode query, List<SqlIdentifier> columns) implements CatalogEntry {}
