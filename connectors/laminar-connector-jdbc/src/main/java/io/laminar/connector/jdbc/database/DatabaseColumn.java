package io.laminar.connector.jdbc.database;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.ListType;
import io.laminar.spi.type.DataType.Scalar;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A column of a table of a database.
 *
 * @param name as the database spells it
 * @param type as SQL writes it, without a length
 * @param element of an array its elements' kind; null otherwise
 * @param required whether every row has to bring a value: NOT NULL and without a default
 * @param generated whether the database computes the value itself
 */
public record DatabaseColumn(
        String name,
        String type,
        TypeFamily family,
        @Nullable TypeFamily element,
        boolean required,
        boolean generated) {

    /** Whether values of a type can be stored here. */
    public boolean takes(DataType value) {
        TypeFamily elements = element;
        if (value instanceof ListType list && family == TypeFamily.ARRAY) {
            DataType innermost = list.element();
            while (innermost instanceof ListType nested) {
                innermost = nested.element();
            }
            return elements != null && fits(innermost, elements);
        }
        return fits(value, family);
    }

    private static boolean fits(DataType value, TypeFamily family) {
        return family == TypeFamily.ANY || families(value).contains(family);
    }

    private static Set<TypeFamily> families(DataType value) {
        if (value instanceof Decimal) {
            return EnumSet.of(TypeFamily.DECIMAL, TypeFamily.FLOAT, TypeFamily.INTEGER);
        }
        if (value instanceof Scalar scalar) {
            return switch (scalar) {
                case BOOLEAN -> EnumSet.of(TypeFamily.BOOLEAN);
                case TINYINT, SMALLINT, INT, BIGINT ->
                    EnumSet.of(TypeFamily.INTEGER, TypeFamily.DECIMAL, TypeFamily.FLOAT);
                case FLOAT, DOUBLE -> EnumSet.of(TypeFamily.FLOAT, TypeFamily.DECIMAL);
                case TEXT -> EnumSet.of(TypeFamily.TEXT, TypeFamily.JSON, TypeFamily.OTHER);
                case JSON -> EnumSet.of(TypeFamily.JSON, TypeFamily.TEXT);
                case BYTES -> EnumSet.of(TypeFamily.BYTES);
                case DATE -> EnumSet.of(TypeFamily.DATE);
                case TIME -> EnumSet.of(TypeFamily.TIME);
                case TIMESTAMP, TIMESTAMPTZ -> EnumSet.of(TypeFamily.TIMESTAMP, TypeFamily.TIMESTAMPTZ);
                case INTERVAL, INTERVAL_MONTHS -> EnumSet.of(TypeFamily.INTERVAL);
                case NULL -> EnumSet.noneOf(TypeFamily.class);
            };
        }
        return EnumSet.of(TypeFamily.JSON, TypeFamily.TEXT);
    }
}
