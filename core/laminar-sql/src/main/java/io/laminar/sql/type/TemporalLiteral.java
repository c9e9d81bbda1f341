package io.laminar.sql.type;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.sql.parser.IntervalText;
import java.nio.charset.StandardCharsets;

/** Literals of dates, times and intervals, read while planning. Values have the form of {@code Values}. */
public final class TemporalLiteral {

    private TemporalLiteral() {}

    /** Whether text literals are read as values of this type where it is expected. */
    public static boolean reads(DataType type) {
        return type == Scalar.DATE
                || type == Scalar.TIME
                || type == Scalar.TIMESTAMP
                || type == Scalar.TIMESTAMPTZ
                || type == Scalar.INTERVAL
                || type == Scalar.INTERVAL_MONTHS;
    }

    /**
     * The value of a text.
     *
     * @throws LaminarException INVALID_LITERAL
     */
    public static Object parse(DataType type, String text) {
        byte[] bytes = text.strip().getBytes(StandardCharsets.UTF_8);
        long value =
                switch ((Scalar) type) {
                    case DATE -> TemporalText.parseDate(bytes, 0, bytes.length);
                    case TIME -> TemporalText.parseTime(bytes, 0, bytes.length);
                    case TIMESTAMP, TIMESTAMPTZ -> TemporalText.parseTimestamp(bytes, 0, bytes.length);
                    case INTERVAL, INTERVAL_MONTHS -> interval(text, type == Scalar.INTERVAL_MONTHS);
                    default -> throw new IllegalArgumentException(type.sql());
                };
        if (value == TemporalText.INVALID) {
            throw new LaminarException(
                    ErrorCode.INVALID_LITERAL,
                    "'" + text + "' is no " + type.sql(),
                    "write it like " + example((Scalar) type));
        }
        if (type == Scalar.DATE) {
            return Math.toIntExact(value);
        }
        return value;
    }

    private static String example(Scalar type) {
        return switch (type) {
            case DATE -> "'2024-02-29'";
            case TIME -> "'23:59:59.5'";
            case INTERVAL -> "'5 seconds' or '1 hour 30 minutes'";
            case INTERVAL_MONTHS -> "'3 months' or '1 year'";
            default -> "'2024-02-29 23:59:59.5'";
        };
    }

    private static long interval(String text, boolean months) {
        IntervalText read = IntervalText.parse(text).orElse(null);
        if (read == null || (months ? read.micros() != 0 : read.months() != 0)) {
            return TemporalText.INVALID;
        }
        return months ? read.months() : read.micros();
    }
}
