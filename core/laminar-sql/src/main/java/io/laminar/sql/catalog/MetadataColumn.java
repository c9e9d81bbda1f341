package io.laminar.sql.catalog;

import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * Something a connector knows of a record beside its content, shown by columns declared {@code METADATA FROM 'key'}.
 *
 * @param type in which the connector gives it
 * @param otherTypes in which the connector gives it, too, if the column is declared so
 */
public record MetadataColumn(String key, DataType type, List<DataType> otherTypes) {
    public MetadataColumn {
        otherTypes = List.copyOf(otherTypes);
    }

    public MetadataColumn(String key, DataType type) {
        this(key, type, List.of());
    }

    /** The type in which the connector gives the values of a column. */
    DataType typeFor(DataType declared) {
        return otherTypes.contains(declared) ? declared : type;
    }
}
