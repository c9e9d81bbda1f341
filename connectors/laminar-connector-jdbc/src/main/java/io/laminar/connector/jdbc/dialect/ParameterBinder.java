package io.laminar.connector.jdbc.dialect;

import io.laminar.connector.jdbc.database.JdbcValues;
import io.laminar.connector.jdbc.database.TypeFamily;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Objects;

/** Sets the parameter of one column. */
@FunctionalInterface
interface ParameterBinder {

    void bind(PreparedStatement statement, int position, Column column, int row) throws SQLException;

    /** In which form dates and times are given. */
    enum Style {
        JAVA_TIME,
        /** As text, for a database that has no such types. */
        TEXT
    }

    static ParameterBinder of(DataType type, Style style) {
        ParameterBinder present = present(type, style);
        int jdbcType = jdbcType(type, style);
        return (statement, position, column, row) -> {
            if (column.isNull(row)) {
                statement.setNull(position, jdbcType);
            } else {
                present.bind(statement, position, column, row);
            }
        };
    }

    private static ParameterBinder present(DataType type, Style style) {
        if (type instanceof Decimal) {
            return (statement, position, column, row) ->
                    statement.setBigDecimal(position, (BigDecimal) Values.read(type, column, row));
        }
        if (!(type instanceof Scalar scalar)) {
            return (statement, position, column, row) ->
                    statement.setString(position, NestedText.text(type, TypeFamily.JSON, column, row));
        }
        return switch (scalar) {
            case BOOLEAN -> (s, position, column, row) -> s.setBoolean(position, ((BooleanColumn) column).value(row));
            case TINYINT, SMALLINT, INT ->
                (s, position, column, row) -> s.setInt(position, ((IntColumn) column).value(row));
            case BIGINT -> (s, position, column, row) -> s.setLong(position, ((LongColumn) column).value(row));
            case FLOAT, DOUBLE ->
                (s, position, column, row) -> s.setDouble(position, ((DoubleColumn) column).value(row));
            case BYTES -> (s, position, column, row) -> s.setBytes(position, ((BytesColumn) column).value(row));
            case TEXT, JSON -> (s, position, column, row) -> s.setString(position, ((BytesColumn) column).text(row));
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ ->
                style == Style.TEXT
                        ? text(type)
                        : (s, position, column, row) -> JdbcValues.bind(type, column, row, s, position);
            case INTERVAL, INTERVAL_MONTHS, NULL -> text(type);
        };
    }

    private static ParameterBinder text(DataType type) {
        return (statement, position, column, row) -> statement.setString(
                position, ScalarValue.text(type, Objects.requireNonNull(Values.read(type, column, row))));
    }

    private static int jdbcType(DataType type, Style style) {
        if (type instanceof Decimal) {
            return Types.DECIMAL;
        }
        if (!(type instanceof Scalar scalar)) {
            return Types.VARCHAR;
        }
        return switch (scalar) {
            case BOOLEAN -> Types.BOOLEAN;
            case TINYINT, SMALLINT, INT -> Types.INTEGER;
            case BIGINT -> Types.BIGINT;
            case FLOAT, DOUBLE -> Types.DOUBLE;
            case BYTES -> Types.VARBINARY;
            case DATE -> style == Style.TEXT ? Types.VARCHAR : Types.DATE;
            case TIME -> style == Style.TEXT ? Types.VARCHAR : Types.TIME;
            case TIMESTAMP -> style == Style.TEXT ? Types.VARCHAR : Types.TIMESTAMP;
            case TIMESTAMPTZ -> style == Style.TEXT ? Types.VARCHAR : Types.TIMESTAMP_WITH_TIMEZONE;
            default -> Types.VARCHAR;
        };
    }
}
