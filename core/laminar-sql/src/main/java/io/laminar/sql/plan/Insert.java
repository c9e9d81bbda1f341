package io.laminar.sql.plan;

import io.laminar.spi.error.Place;
import io.laminar.sql.catalog.Table;
import io.laminar.sql.parser.ddl.EmitQuery;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.jspecify.annotations.Nullable;

/**
 * A query whose rows go somewhere.
 *
 * @param table where to; null for the preview
 * @param columns the column list; empty for all
 * @param emit the EMIT clause; null without one
 * @param place the query
 */
record Insert(
        @Nullable Table table,
        List<SqlIdentifier> columns,
        RelNode query,
        @Nullable EmitQuery emit,
        Place.Sql place) {}
