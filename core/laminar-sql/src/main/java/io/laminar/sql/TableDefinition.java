package io.laminar.sql;

import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import io.laminar.sql.catalog.TableUse;
import java.util.Optional;
import java.util.Set;

/**
 * A table as one CREATE TABLE declares it.
 *
 * @param profile name of the connection profile it is reached through
 * @param use what the statement says the table is; empty if that is left to queries
 * @param uses what the connector lets it be
 * @param schema all columns, as queries see them
 * @param source the table as its connector reads it
 * @param sink the table as its connector writes it
 */
public record TableDefinition(
        String name,
        String connector,
        Optional<String> profile,
        Optional<TableUse> use,
        Set<TableUse> uses,
        Schema schema,
        TableDescriptor source,
        TableDescriptor sink) {}
