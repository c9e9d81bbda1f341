package io.laminar.sql.catalog;

import io.laminar.spi.error.Place;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table.
 *
 * @param metadataKey the connector's name of the value, for metadata columns; otherwise null
 * @param expression what computes a generated column; otherwise null
 * @param place where the column is declared; null when the connector says what columns there are
 */
public record Column(
        String name,
        DataType type,
        boolean nullable,
        Origin origin,
        @Nullable String metadataKey,
        @Nullable SqlNode expression,
        Place.@Nullable Sql place) {

    /** Where values come from. */
    public enum Origin {
        /** A field of the record. */
        PHYSICAL,
        /** Something the connector knows beside the record. */
        METADATA,
        /** Computed from other columns, and written like a field of the record. */
        STORED,
        /** Computed from other columns, never written. */
        VIRTUAL
    }

    public static Column physical(Field field) {
        return new Column(field.name(), field.type(), field.nullable(), Origin.PHYSICAL, null, null, null);
    }

    public boolean isGenerated() {
        return expression != null;
    }

    public Field field() {
        return new Field(name, type, nullable);
    }
}
