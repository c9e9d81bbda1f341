package io.laminar.spi.table;

import io.laminar.spi.filter.SourceFilter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table of an outside system as its connector sees it.
 *
 * @param name as in SQL
 * @param connector name of the connector
 * @param schema the columns the connector has to produce or takes, in order: for a source only those that queries use
 * @param metadata of these columns, those that come from the connector instead of the record: column name to metadata
 *     key
 * @param primaryKey names of the key columns; empty if there is none
 * @param partitionedBy names of the columns of PARTITIONED BY
 * @param options the connector's options
 * @param format how records are encoded; null for connectors that need none
 * @param filter which rows of a source are wanted
 */
public record TableDescriptor(
        String name,
        String connector,
        Schema schema,
        Map<String, String> metadata,
        List<String> primaryKey,
        List<String> partitionedBy,
        OptionValues options,
        @Nullable FormatSpec format,
        BadDataPolicy badData,
        SourceFilter filter)
        implements Serializable {

    /** A table of which all rows are wanted. */
    public TableDescriptor(
            String name,
            String connector,
            Schema schema,
            Map<String, String> metadata,
            List<String> primaryKey,
            List<String> partitionedBy,
            OptionValues options,
            @Nullable FormatSpec format,
            BadDataPolicy badData) {
        this(name, connector, schema, metadata, primaryKey, partitionedBy, options, format, badData, SourceFilter.NONE);
    }

    /** The same table of which other rows are wanted. */
    public TableDescriptor withFilter(SourceFilter other) {
        return new TableDescriptor(
                name, connector, schema, metadata, primaryKey, partitionedBy, options, format, badData, other);
    }
}
