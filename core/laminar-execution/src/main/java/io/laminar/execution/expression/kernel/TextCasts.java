package io.laminar.execution.expression.kernel;

import io.laminar.spi.batch.Int128;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.ScalarText;
import io.laminar.spi.text.TemporalText;
import java.nio.charset.StandardCharsets;

/** Casts from and to text. Blanks around a text do not count. Texts are given as array, offset and length. */
public final class TextCasts {
    private static final int SHOWN = 60;
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private TextCasts() {}

    // From text. Longs that are not there are TemporalText.INVALID.

    /** 1, 0, or -1 for neither. */
    public static int toBoolean(byte[] b, int from, int length) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return ScalarText.parseBoolean(b, ScalarText.trimStart(b, from, end), end);
    }

    public static boolean toLong(byte[] b, int from, int length, long[] out) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return NumberText.parseLong(b, ScalarText.trimStart(b, from, end), end, out);
    }

    public static boolean toDouble(byte[] b, int from, int length, double[] out) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return NumberText.parseDouble(b, ScalarText.trimStart(b, from, end), end, out);
    }

    /** Rounded once from the text, not by way of a double. */
    public static boolean toFloat(byte[] b, int from, int length, double[] out) {
        if (!toDouble(b, from, length, out)) {
            return false;
        }
        double value = out[0];
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            return true;
        }
        out[0] = Float.parseFloat(new String(b, from, length, StandardCharsets.ISO_8859_1));
        return !Double.isInfinite(out[0]);
    }

    public static boolean toDecimal(byte[] b, int from, int length, int precision, int scale, Int128 out) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return DecimalText.parse(b, ScalarText.trimStart(b, from, end), end, precision, scale, out);
    }

    /** Takes a timestamp too and leaves its time of day away. */
    public static long toDate(byte[] b, int from, int length) {
        int end = ScalarText.trimEnd(b, from, from + length);
        int start = ScalarText.trimStart(b, from, end);
        long date = TemporalText.parseDate(b, start, end);
        if (date != TemporalText.INVALID) {
            return date;
        }
        long timestamp = TemporalText.parseTimestamp(b, start, end);
        return timestamp == TemporalText.INVALID ? TemporalText.INVALID : io.laminar.spi.text.Calendar.dayOf(timestamp);
    }

    public static long toTime(byte[] b, int from, int length) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return TemporalText.parseTime(b, ScalarText.trimStart(b, from, end), end);
    }

    public static long toTimestamp(byte[] b, int from, int length) {
        int end = ScalarText.trimEnd(b, from, from + length);
        return TemporalText.parseTimestamp(b, ScalarText.trimStart(b, from, end), end);
    }

    public static long toInterval(byte[] b, int from, int length) {
        return IntervalText.parseMicros(b, from, from + length);
    }

    public static long toMonths(byte[] b, int from, int length) {
        return IntervalText.parseMonths(b, from, from + length);
    }

    /** {@code \x} and hexadecimal digits; a text that does not start so stands for its own bytes. */
    public static boolean toBytes(byte[] b, int from, int length, Slice out) {
        if (length < 2 || b[from] != '\\' || b[from + 1] != 'x') {
            out.set(b, from, length);
            return true;
        }
        int count = ScalarText.parseHex(b, from, from + length, out.reserve(length / 2));
        out.length(Math.max(count, 0));
        return count >= 0;
    }

    /** The error for a text that is not a value of the type. */
    public static LaminarException invalid(byte[] b, int from, int length, String type, String expression) {
        String text = new String(b, from, length, StandardCharsets.UTF_8);
        String shown = text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
        return new LaminarException(
                ErrorCode.INVALID_CAST,
                expression + ": '" + shown + "' is not " + article(type) + type,
                "try_cast gives NULL for such values");
    }

    private static String article(String type) {
        return type.startsWith("I") ? "an " : "a ";
    }

    // To text.

    public static void ofBoolean(boolean value, Slice out) {
        byte[] text = value ? TRUE : FALSE;
        out.set(text, 0, text.length);
    }

    public static void ofLong(long value, Slice out) {
        out.length(NumberText.formatLong(value, out.reserve(NumberText.MAX_LENGTH), 0));
    }

    public static void ofDouble(double value, Slice out) {
        out.length(NumberText.formatDouble(value, out.reserve(NumberText.MAX_LENGTH), 0));
    }

    public static void ofFloat(double value, Slice out) {
        out.length(NumberText.formatFloat(value, out.reserve(NumberText.MAX_LENGTH), 0));
    }

    public static void ofDecimal(long high, long low, int scale, Slice out) {
        out.length(DecimalText.format(high, low, scale, out.reserve(NumberText.MAX_LENGTH), 0));
    }

    public static void ofDate(int day, Slice out) {
        out.length(TemporalText.formatDate(day, out.reserve(TemporalText.MAX_LENGTH), 0));
    }

    public static void ofTime(long micros, Slice out) {
        out.length(TemporalText.formatTime(micros, out.reserve(TemporalText.MAX_LENGTH), 0));
    }

    public static void ofTimestamp(long micros, Slice out) {
        out.length(TemporalText.formatTimestamp(micros, out.reserve(TemporalText.MAX_LENGTH), 0));
    }

    public static void ofTimestampTz(long micros, Slice out) {
        out.length(TemporalText.formatTimestampTz(micros, out.reserve(TemporalText.MAX_LENGTH), 0));
    }

    public static void ofInterval(long micros, Slice out) {
        out.length(IntervalText.formatMicros(micros, out.reserve(IntervalText.MAX_LENGTH), 0));
    }

    public static void ofMonths(long months, Slice out) {
        out.length(IntervalText.formatMonths(months, out.reserve(IntervalText.MAX_LENGTH), 0));
    }

    public static void ofBytes(byte[] b, int from, int length, Slice out) {
        out.length(ScalarText.formatHex(b, from, from + length, out.reserve(2 + 2 * length), 0));
    }

    // To JSON.

    /** JSON has no NaN and no infinities; they become strings. */
    public static void jsonDouble(double value, Slice out) {
        ofDouble(value, out);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            quote(out);
        }
    }

    public static void jsonFloat(double value, Slice out) {
        ofFloat(value, out);
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            quote(out);
        }
    }

    public static void jsonDate(int day, Slice out) {
        ofDate(day, out);
        quote(out);
    }

    public static void jsonTime(long micros, Slice out) {
        ofTime(micros, out);
        quote(out);
    }

    public static void jsonTimestamp(long micros, Slice out) {
        ofTimestamp(micros, out);
        quote(out);
    }

    public static void jsonTimestampTz(long micros, Slice out) {
        ofTimestampTz(micros, out);
        quote(out);
    }

    public static void jsonInterval(long micros, Slice out) {
        ofInterval(micros, out);
        quote(out);
    }

    public static void jsonMonths(long months, Slice out) {
        ofMonths(months, out);
        quote(out);
    }

    /** Puts quotes around a text that needs no escapes and lies in the slice's own room. */
    private static void quote(Slice text) {
        int length = text.length();
        byte[] room = text.grow(length, length + 2);
        System.arraycopy(room, 0, room, 1, length);
        room[0] = '"';
        room[length + 1] = '"';
        text.length(length + 2);
    }
}
