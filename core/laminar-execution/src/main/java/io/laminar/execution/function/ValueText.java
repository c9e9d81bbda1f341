package io.laminar.execution.function;

import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Values, in the form of {@link io.laminar.spi.batch.Values}, as the text a cast to TEXT gives; nested ones as JSON. */
public final class ValueText {

    private ValueText() {}

    public static String of(DataType type, Object value) {
        if (type instanceof Decimal) {
            return ((BigDecimal) value).toPlainString();
        }
        if (!(type instanceof Scalar scalar)) {
            return JsonText.of(type, value);
        }
        if (value instanceof byte[] bytes) {
            byte[] out = new byte[2 + 2 * bytes.length];
            return ascii(out, ScalarText.formatHex(bytes, 0, bytes.length, out, 0));
        }
        byte[] out = new byte[IntervalText.MAX_LENGTH];
        return switch (scalar) {
            case FLOAT -> ascii(out, NumberText.formatFloat((Double) value, out, 0));
            case DOUBLE -> ascii(out, NumberText.formatDouble((Double) value, out, 0));
            case DATE -> ascii(out, TemporalText.formatDate((Integer) value, out, 0));
            case TIME -> ascii(out, TemporalText.formatTime((Long) value, out, 0));
            case TIMESTAMP -> ascii(out, TemporalText.formatTimestamp((Long) value, out, 0));
            case TIMESTAMPTZ -> ascii(out, TemporalText.formatTimestampTz((Long) value, out, 0));
            case INTERVAL -> ascii(out, IntervalText.formatMicros((Long) value, out, 0));
            case INTERVAL_MONTHS -> ascii(out, IntervalText.formatMonths((Long) value, out, 0));
            default -> value.toString();
        };
    }

    private static String ascii(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
