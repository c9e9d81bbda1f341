package io.laminar.sql.catalog;

import io.laminar.plan.node.LookupPolicy;
import io.laminar.spi.error.Place;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.BadDataPolicy;
import org.jspecify.annotations.Nullable;

/**
 * How a table reaches an outside system.
 *
 * @param use what the DDL says the table is; null to infer it from use
 * @param options of the connector
 * @param format name of the format; null without one
 * @param formatOptions of the format
 * @param badDataTable where bad records go when the policy is DEAD_LETTER; otherwise null
 * @param badDataPlace where that table is named
 * @param lookup how the table is asked for rows by key
 */
public record Connection(
        TableConnector connector,
        @Nullable TableUse use,
        OptionValues options,
        @Nullable String format,
        OptionValues formatOptions,
        BadDataPolicy badData,
        @Nullable String badDataTable,
        Place.@Nullable Sql badDataPlace,
        LookupPolicy lookup) {}
