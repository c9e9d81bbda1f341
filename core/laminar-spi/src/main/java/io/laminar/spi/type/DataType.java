package io.laminar.spi.type;

import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;

/** A SQL type. Nullability belongs to the column ({@link Field}) or expression, not to the type. */
public sealed interface DataType extends Serializable {

    /** How values of this type lie in memory. */
    Physical physical();

    /** The type as written in SQL. */
    String sql();

    /** Types without parameters. */
    enum Scalar implements DataType {
        BOOLEAN(Physical.BOOLEAN, "BOOLEAN"),
        TINYINT(Physical.INT, "TINYINT"),
        SMALLINT(Physical.INT, "SMALLINT"),
        INT(Physical.INT, "INT"),
        BIGINT(Physical.LONG, "BIGINT"),
        /** Kept as a double that is rounded to float precision after every operation. */
        FLOAT(Physical.DOUBLE, "FLOAT"),
        DOUBLE(Physical.DOUBLE, "DOUBLE"),
        /** UTF-8. */
        TEXT(Physical.BYTES, "TEXT"),
        BYTES(Physical.BYTES, "BYTEA"),
        /** Days since 1970-01-01. */
        DATE(Physical.INT, "DATE"),
        /** Microseconds since midnight. */
        TIME(Physical.LONG, "TIME"),
        /** Microseconds since 1970-01-01 00:00 UTC, shown without zone. */
        TIMESTAMP(Physical.LONG, "TIMESTAMP"),
        /** Microseconds since 1970-01-01 00:00 UTC, shown with zone. */
        TIMESTAMPTZ(Physical.LONG, "TIMESTAMPTZ"),
        /** A span of days and smaller units in microseconds. */
        INTERVAL(Physical.LONG, "INTERVAL"),
        /** A span of years and months in months. */
        INTERVAL_MONTHS(Physical.LONG, "INTERVAL YEAR TO MONTH"),
        /** A JSON document as UTF-8 text. */
        JSON(Physical.BYTES, "JSON"),
        /** The type of a bare NULL; its columns are all null. */
        NULL(Physical.BOOLEAN, "NULL");

        private final Physical physical;
        private final String sql;

        Scalar(Physical physical, String sql) {
            this.physical = physical;
            this.sql = sql;
        }

        @Override
        public Physical physical() {
            return physical;
        }

        @Override
        public String sql() {
            return sql;
        }
    }

    /** Unscaled values in one long up to precision 18, in 128 bits above. */
    record Decimal(int precision, int scale) implements DataType {
        public static final int MAX_PRECISION = 38;
        public static final int MAX_LONG_PRECISION = 18;

        public Decimal {
            if (precision < 1 || precision > MAX_PRECISION || scale < 0 || scale > precision) {
                throw new IllegalArgumentException("DECIMAL(" + precision + ", " + scale + ")");
            }
        }

        @Override
        public Physical physical() {
            return precision <= MAX_LONG_PRECISION ? Physical.LONG : Physical.DECIMAL;
        }

        @Override
        public String sql() {
            return "DECIMAL(" + precision + ", " + scale + ")";
        }
    }

    record ListType(DataType element) implements DataType {
        @Override
        public Physical physical() {
            return Physical.LIST;
        }

        @Override
        public String sql() {
            return element.sql() + "[]";
        }
    }

    record MapType(DataType key, DataType value) implements DataType {
        @Override
        public Physical physical() {
            return Physical.MAP;
        }

        @Override
        public String sql() {
            return "MAP<" + key.sql() + ", " + value.sql() + ">";
        }
    }

    record StructType(List<Field> fields) implements DataType {
        public StructType {
            fields = List.copyOf(fields);
        }

        @Override
        public Physical physical() {
            return Physical.STRUCT;
        }

        @Override
        public String sql() {
            return fields.stream()
                    .map(f -> f.name() + " " + f.type().sql())
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        }
    }
}
