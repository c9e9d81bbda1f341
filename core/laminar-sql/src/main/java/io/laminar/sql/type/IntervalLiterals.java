package io.laminar.sql.type;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.error.Places;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;

/** Interval literals in Laminar's units. */
public final class IntervalLiterals {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?");
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

    private IntervalLiterals() {}

    /**
     * Microseconds; empty for months and years.
     *
     * @throws LaminarException INVALID_LITERAL
     */
    public static Optional<Long> micros(SqlIntervalLiteral literal) {
        return type(literal) == Scalar.INTERVAL ? Optional.of(value(literal)) : Optional.empty();
    }

    /** INTERVAL or INTERVAL_MONTHS. */
    public static DataType type(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        return value.getIntervalQualifier().isYearMonth() ? Scalar.INTERVAL_MONTHS : Scalar.INTERVAL;
    }

    /** Months, or microseconds: Calcite's own value has milliseconds only. */
    public static long value(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        String text = value.getIntervalLiteral().strip();
        try {
            BigDecimal amount =
                    qualifier.isSingleDatetimeField() && NUMBER.matcher(text).matches()
                            ? new BigDecimal(text).multiply(qualifier.getStartUnit().multiplier)
                            : compound(literal, qualifier, text);
            BigDecimal units = qualifier.isYearMonth() ? amount : amount.multiply(MICROS_PER_MILLI);
            return units.multiply(BigDecimal.valueOf(value.getSign())).longValueExact();
        } catch (ArithmeticException | CalciteContextException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_LITERAL,
                    "'" + text + "' is no INTERVAL " + qualifier,
                    Places.of(literal),
                    "write it like INTERVAL '5 seconds' or INTERVAL '1' HOUR",
                    e);
        }
    }

    /** Several fields, such as {@code '1 02:30:00.5' DAY TO SECOND}, in milliseconds or months. */
    private static BigDecimal compound(SqlIntervalLiteral literal, SqlIntervalQualifier qualifier, String text) {
        int point = text.indexOf('.');
        String whole = point < 0 ? text : text.substring(0, point);
        BigDecimal fraction = point < 0 ? BigDecimal.ZERO : new BigDecimal("0" + text.substring(point));
        int[] fields = qualifier.evaluateIntervalLiteral(whole, literal.getParserPosition(), RelDataTypeSystem.DEFAULT);
        BigDecimal sign = BigDecimal.valueOf(fields[0]);
        if (qualifier.isYearMonth()) {
            return sign.multiply(BigDecimal.valueOf(fields[1] * 12L + fields[2]));
        }
        long seconds = ((fields[1] * 24L + fields[2]) * 60 + fields[3]) * 60 + fields[4];
        return sign.multiply(BigDecimal.valueOf(seconds).add(fraction)).multiply(BigDecimal.valueOf(1000));
    }
}
