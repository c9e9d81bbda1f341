package io.laminar.connector.jdbc.database;

import java.sql.Types;
import java.util.Locale;

/** What kind of values a column of a database holds. */
public enum TypeFamily {
    BOOLEAN,
    INTEGER,
    DECIMAL,
    FLOAT,
    TEXT,
    BYTES,
    DATE,
    TIME,
    TIMESTAMP,
    TIMESTAMPTZ,
    INTERVAL,
    JSON,
    ARRAY,
    /** Something with a form as text: an enum, a UUID, an address. */
    OTHER,
    /** The database does not care. */
    ANY;

    /** The family of a {@link Types} constant. */
    static TypeFamily of(int jdbcType, String name) {
        return switch (jdbcType) {
            case Types.BOOLEAN, Types.BIT -> BOOLEAN;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> INTEGER;
            case Types.NUMERIC, Types.DECIMAL -> DECIMAL;
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> FLOAT;
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> name.toLowerCase(Locale.ROOT).contains("json") ? JSON : TEXT;
            case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> BYTES;
            case Types.DATE -> DATE;
            case Types.TIME, Types.TIME_WITH_TIMEZONE -> TIME;
            case Types.TIMESTAMP -> TIMESTAMP;
            case Types.TIMESTAMP_WITH_TIMEZONE -> TIMESTAMPTZ;
            case Types.ARRAY -> ARRAY;
            default -> {
                String lower = name.toLowerCase(Locale.ROOT);
                yield lower.contains("json") ? JSON : lower.contains("interval") ? INTERVAL : OTHER;
            }
        };
    }
}
