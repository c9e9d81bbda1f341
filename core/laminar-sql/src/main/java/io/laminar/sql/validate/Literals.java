package io.laminar.sql.validate;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.function.ConstantOperator;
import io.laminar.sql.type.TemporalLiteral;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.runtime.CalciteContextException;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Literals of the query as constants in Laminar's units. */
final class Literals {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d*)?");
    private static final BigDecimal MICROS_PER_MILLI = BigDecimal.valueOf(1000);

    private Literals() {}

    /** The literal as the validator shall see it. */
    static SqlNode rewrite(SqlLiteral literal) {
        try {
            if (literal instanceof SqlIntervalLiteral interval) {
                return constant(interval, intervalType(interval), intervalValue(interval));
            }
            if (literal instanceof SqlUnknownLiteral unknown) {
                return typed(literal, unknown.tag, String.valueOf(unknown.getValue()));
            }
            if (literal instanceof SqlAbstractDateTimeLiteral time) {
                return typed(literal, time.getTypeName().getName(), time.toFormattedString());
            }
            return literal;
        } catch (LaminarException e) {
            throw e.at(Places.of(literal));
        }
    }

    private static SqlNode typed(SqlLiteral literal, String tag, String text) {
        DataType type =
                switch (tag) {
                    case "DATE" -> Scalar.DATE;
                    case "TIME" -> Scalar.TIME;
                    case "TIMESTAMP", "DATETIME" -> Scalar.TIMESTAMP;
                    default -> Scalar.TIMESTAMPTZ;
                };
        return constant(literal, type, TemporalLiteral.parse(type, text));
    }

    private static SqlNode constant(SqlNode literal, DataType type, Object value) {
        return new ConstantOperator(type, value).call(literal.getParserPosition());
    }

    static DataType intervalType(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        return value.getIntervalQualifier().isYearMonth() ? Scalar.INTERVAL_MONTHS : Scalar.INTERVAL;
    }

    /** Months, or microseconds: Calcite's own value has milliseconds only. */
    static long intervalValue(SqlIntervalLiteral literal) {
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

    /** The text of a text literal; null for anything else. */
    static @Nullable String text(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? literal.getValueAs(String.class)
                : null;
    }

    /** A time span written as an interval literal or as text where one is expected; null for anything else. */
    static @Nullable Span span(SqlNode node) {
        if (node instanceof SqlIntervalLiteral interval) {
            return new Span(intervalType(interval), intervalValue(interval));
        }
        if (node instanceof SqlCall call && call.getOperator() instanceof ConstantOperator constant) {
            DataType type = constant.dataType();
            return type == Scalar.INTERVAL || type == Scalar.INTERVAL_MONTHS
                    ? new Span(type, (Long) constant.value())
                    : null;
        }
        String text = text(node);
        if (text == null) {
            return null;
        }
        return io.laminar.sql.parser.IntervalText.parse(text)
                .filter(read -> !read.mixesCalendarAndTime())
                .map(read -> read.months() != 0
                        ? new Span(Scalar.INTERVAL_MONTHS, read.months())
                        : new Span(Scalar.INTERVAL, read.micros()))
                .orElse(null);
    }

    /**
     * A constant interval.
     *
     * @param type INTERVAL (microseconds) or INTERVAL_MONTHS (months)
     */
    record Span(DataType type, long amount) {
        boolean isMonths() {
            return type == Scalar.INTERVAL_MONTHS;
        }
    }
}
