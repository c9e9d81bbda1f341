package io.laminar.connector;

import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * Something a connector knows of a record beside its content, for example the file it is from.
 *
 * @param type in which the connector gives it; a column of another type is a cast
 * @param otherTypes in which the connector gives it, too, if the column is declared so
 */
public record MetadataField(String key, DataType type, List<DataType> otherTypes, String description) {
    public MetadataField {
        otherTypes = List.copyOf(otherTypes);
    }

    public MetadataField(String key, DataType type, String description) {
        this(key, type, List.of(), description);
    }
}
