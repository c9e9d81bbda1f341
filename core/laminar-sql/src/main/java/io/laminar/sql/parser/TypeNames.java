package io.laminar.sql.parser;

import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlBasicTypeNameSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlTypeNameSpec;
import org.apache.calcite.sql.SqlUserDefinedTypeNameSpec;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The dialect's names of types that differ from Calcite's. */
final class TypeNames {

    private static final Map<String, SqlTypeName> ALIASES = Map.of(
            "TEXT", SqlTypeName.VARCHAR,
            "STRING", SqlTypeName.VARCHAR,
            "BYTEA", SqlTypeName.VARBINARY,
            "BYTES", SqlTypeName.VARBINARY,
            "TIMESTAMPTZ", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
            "TIMESTAMP_LTZ", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE,
            "JSON", SqlTypeName.VARIANT);

    private TypeNames() {}

    /**
     * A type that is written as a plain name.
     *
     * @param precision what stands in parentheses after the name, or -1
     */
    static SqlTypeNameSpec named(SqlIdentifier name, int precision, SqlParserPos pos) {
        String alias = name.getSimple().toUpperCase(Locale.ROOT);
        SqlTypeName type = ALIASES.get(alias);
        return type == null
                ? new SqlUserDefinedTypeNameSpec(name, pos)
                : new AliasTypeSpec(alias, type, precision, pos);
    }

    /** What a type that Calcite's grammar reads means in the dialect. */
    static SqlTypeNameSpec adapt(SqlTypeNameSpec spec) {
        if (!(spec instanceof SqlBasicTypeNameSpec basic)) {
            return spec;
        }
        SqlParserPos pos = spec.getParserPos();
        return switch (basic.getTypeName().getSimple()) {
            case "UTINYINT" -> new AliasTypeSpec("TINYINT UNSIGNED", SqlTypeName.TINYINT, -1, pos);
            case "USMALLINT" -> new AliasTypeSpec("SMALLINT UNSIGNED", SqlTypeName.SMALLINT, -1, pos);
            case "UINTEGER" -> new AliasTypeSpec("INTEGER UNSIGNED", SqlTypeName.INTEGER, -1, pos);
            case "UBIGINT" -> new AliasTypeSpec("BIGINT UNSIGNED", SqlTypeName.BIGINT, -1, pos);
            case "UUID" -> new AliasTypeSpec("UUID", SqlTypeName.VARCHAR, -1, pos);
            case "BINARY" ->
                basic.getPrecision() < 0 ? new AliasTypeSpec("BINARY", SqlTypeName.VARBINARY, -1, pos) : spec;
            case "TIMESTAMP_TZ", "TIMESTAMP_WITH_LOCAL_TIME_ZONE" ->
                new AliasTypeSpec(
                        "TIMESTAMP_LTZ", SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, basic.getPrecision(), pos);
            default -> spec;
        };
    }
}
