package io.laminar.sql.validate;

import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.error.Places;
import io.laminar.sql.function.CastOperator;
import io.laminar.sql.function.ConstantOperator;
import io.laminar.sql.type.IntervalLiterals;
import io.laminar.sql.type.TemporalLiteral;
import org.apache.calcite.sql.SqlAbstractDateTimeLiteral;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/** Literals of the query as constants in Laminar's units. */
final class Literals {
    private Literals() {}

    /** The literal as the validator shall see it. */
    static SqlNode rewrite(SqlLiteral literal) {
        try {
            if (literal instanceof SqlIntervalLiteral interval) {
                return constant(interval, IntervalLiterals.type(interval), IntervalLiterals.value(interval));
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
        if (tag.equals("JSON") || tag.equals("UUID")) {
            SqlNode plain = SqlLiteral.createCharString(text, literal.getParserPosition());
            return tag.equals("UUID")
                    ? plain
                    : new CastOperator(Scalar.JSON, false).call(literal.getParserPosition(), plain);
        }
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

    /** The text of a text literal; null for anything else. */
    static @Nullable String text(SqlNode node) {
        return node instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.CHAR
                ? literal.getValueAs(String.class)
                : null;
    }

    /** A time span written as an interval literal or as text where one is expected; null for anything else. */
    static @Nullable Span span(SqlNode node) {
        if (node instanceof SqlIntervalLiteral interval) {
            return new Span(IntervalLiterals.type(interval), IntervalLiterals.value(interval));
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
