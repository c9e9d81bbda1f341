package io.laminar.connector.jdbc.database;

import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Values between columns and JDBC. */
public final class JdbcValues {
    private static final long NANOS_PER_MICRO = 1_000;

    private JdbcValues() {}

    /** Whether values of a type can be read from a database. */
    public static boolean reads(DataType type) {
        return type instanceof Decimal || (type instanceof Scalar && type != Scalar.INTERVAL && type != Scalar.NULL);
    }

    /** @throws LaminarException NULL_NOT_ALLOWED */
    public static void append(Field field, ColumnBuilder builder, ResultSet rows, int position) throws SQLException {
        Object value = read(field.type(), rows, position);
        if (value == null && !field.nullable()) {
            throw new LaminarException(
                    ErrorCode.NULL_NOT_ALLOWED,
                    "column '" + field.name() + "' is NOT NULL, and a row of the database has NULL there",
                    "declare the column without NOT NULL");
        }
        Values.append(field.type(), builder, value);
    }

    private static @Nullable Object read(DataType type, ResultSet rows, int position) throws SQLException {
        if (type instanceof Decimal decimal) {
            BigDecimal value = rows.getBigDecimal(position);
            return value == null ? null : value.setScale(decimal.scale(), RoundingMode.HALF_UP);
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> orNull(rows, rows.getBoolean(position));
            case TINYINT, SMALLINT, INT -> orNull(rows, rows.getInt(position));
            case BIGINT -> orNull(rows, rows.getLong(position));
            case FLOAT, DOUBLE -> orNull(rows, rows.getDouble(position));
            case BYTES -> rows.getBytes(position);
            case DATE -> {
                LocalDate date = rows.getObject(position, LocalDate.class);
                yield date == null ? null : (Object) Math.toIntExact(date.toEpochDay());
            }
            case TIME -> {
                LocalTime time = rows.getObject(position, LocalTime.class);
                yield time == null ? null : (Object) (time.toNanoOfDay() / NANOS_PER_MICRO);
            }
            case TIMESTAMP -> {
                LocalDateTime time = rows.getObject(position, LocalDateTime.class);
                yield time == null ? null : (Object) micros(time.toInstant(ZoneOffset.UTC));
            }
            case TIMESTAMPTZ -> {
                OffsetDateTime time = rows.getObject(position, OffsetDateTime.class);
                yield time == null ? null : (Object) micros(time.toInstant());
            }
            default -> rows.getString(position);
        };
    }

    private static @Nullable Object orNull(ResultSet rows, Object value) throws SQLException {
        return rows.wasNull() ? null : value;
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    /** Sets a parameter to a value that is not NULL. */
    public static void bind(DataType type, Column column, int row, PreparedStatement statement, int position)
            throws SQLException {
        Object value = Values.read(type, column, row);
        if (type == Scalar.DATE) {
            statement.setObject(position, LocalDate.ofEpochDay((Integer) value(value)));
        } else if (type == Scalar.TIME) {
            statement.setObject(position, LocalTime.ofNanoOfDay((Long) value(value) * NANOS_PER_MICRO));
        } else if (type == Scalar.TIMESTAMP) {
            statement.setObject(position, time(value).toLocalDateTime());
        } else if (type == Scalar.TIMESTAMPTZ) {
            statement.setObject(position, time(value));
        } else {
            statement.setObject(position, value);
        }
    }

    private static OffsetDateTime time(@Nullable Object micros) {
        return Instant.EPOCH.plus((Long) value(micros), ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    private static Object value(@Nullable Object value) {
        return java.util.Objects.requireNonNull(value, "keys are not NULL");
    }
}
