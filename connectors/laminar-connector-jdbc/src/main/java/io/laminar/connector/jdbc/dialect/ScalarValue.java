package io.laminar.connector.jdbc.dialect;

import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Single values, in the forms of {@link io.laminar.spi.batch.Values}, as databases and JSON write them. */
final class ScalarValue {

    private ScalarValue() {}

    /** A value that is not NULL as text; nested ones as JSON. */
    static String text(DataType type, Object value) {
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        if (!(type instanceof Scalar scalar)) {
            StringBuilder json = new StringBuilder();
            JsonValue.append(type, value, json);
            return json.toString();
        }
        byte[] out = new byte[Math.max(TemporalText.MAX_LENGTH, IntervalText.MAX_LENGTH)];
        return switch (scalar) {
            case DATE -> ascii(out, TemporalText.formatDate((Integer) value, out, 0));
            case TIME -> ascii(out, TemporalText.formatTime((Long) value, out, 0));
            case TIMESTAMP -> ascii(out, TemporalText.formatTimestamp((Long) value, out, 0));
            case TIMESTAMPTZ -> ascii(out, TemporalText.formatTimestampTz((Long) value, out, 0));
            case INTERVAL -> ascii(out, IntervalText.formatMicros((Long) value, out, 0));
            case INTERVAL_MONTHS -> ascii(out, IntervalText.formatMonths((Long) value, out, 0));
            case BYTES -> hex((byte[]) value);
            default -> value.toString();
        };
    }

    private static String hex(byte[] bytes) {
        byte[] out = new byte[2 + 2 * bytes.length];
        return ascii(out, ScalarText.formatHex(bytes, 0, bytes.length, out, 0));
    }

    private static String ascii(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.US_ASCII);
    }
}
