package io.laminar.connector.jdbc.source;

import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.TypeWidening;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Conditions in the words of a database. Only those about which databases and Laminar cannot disagree: texts have
 * collations, decimals and floating numbers may be rounded when they are read. Times are asked for with a day to spare: a
 * database may have finer ones, and a session another time zone.
 */
final class ScanConditions {

    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long FIRST_DAY = LocalDate.of(1, 1, 1).toEpochDay();
    private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

    private ScanConditions() {}

    /** Whether conditions about a column of a type can be asked of a database. */
    static boolean has(DataType type, ColumnCondition condition) {
        boolean exact = TypeWidening.isInteger(type) || type == Scalar.DATE || type == Scalar.TIMESTAMP;
        boolean nulls =
                condition.comparison() == Comparison.IS_NULL || condition.comparison() == Comparison.IS_NOT_NULL;
        return exact && !nulls;
    }

    /**
     * The condition in SQL; null if the column of the database is of another kind than the one it is read as.
     *
     * @param column quoted
     * @param stored the JDBC type in the database
     */
    static @Nullable String sql(ColumnCondition condition, String column, DataType type, int stored) {
        List<Object> values = condition.values();
        if (TypeWidening.isInteger(type) ? !isInteger(stored) : !isSameTime(type, stored)) {
            return null;
        }
        if (!values.stream().allMatch(value -> isCommon(((Number) value).longValue(), type))) {
            return null;
        }
        return switch (condition.comparison()) {
            case EQUAL, IN ->
                values.stream()
                        .map(value ->
                                column + " BETWEEN " + literal(value, type, -1) + " AND " + literal(value, type, 1))
                        .collect(Collectors.joining(" OR "));
            case LESS, LESS_OR_EQUAL -> column + " <= " + literal(values.get(0), type, 1);
            case GREATER, GREATER_OR_EQUAL -> column + " >= " + literal(values.get(0), type, -1);
            case IS_NULL, IS_NOT_NULL -> null;
        };
    }

    private static boolean isInteger(int stored) {
        return stored == Types.TINYINT || stored == Types.SMALLINT || stored == Types.INTEGER || stored == Types.BIGINT;
    }

    private static boolean isSameTime(DataType type, int stored) {
        return stored == (type == Scalar.DATE ? Types.DATE : Types.TIMESTAMP);
    }

    /** Whether every database knows a time: from the year 1 to 9999. */
    private static boolean isCommon(long value, DataType type) {
        if (TypeWidening.isInteger(type)) {
            return true;
        }
        long day = type == Scalar.DATE ? value : Math.floorDiv(value, MICROS_PER_DAY);
        return day > FIRST_DAY + 1 && day < LAST_DAY - 1;
    }

    /** @param days that a time is moved by */
    private static String literal(Object value, DataType type, int days) {
        long number = ((Number) value).longValue();
        if (type == Scalar.DATE) {
            return "DATE '" + LocalDate.ofEpochDay(number) + "'";
        }
        return type == Scalar.TIMESTAMP ? Ranges.timestamp(number + days * MICROS_PER_DAY) : Long.toString(number);
    }
}
