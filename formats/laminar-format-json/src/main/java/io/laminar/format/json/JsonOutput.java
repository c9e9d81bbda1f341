package io.laminar.format.json;

import io.laminar.spi.format.RecordOutput;
import io.laminar.spi.text.DecimalText;
import io.laminar.spi.text.IntervalText;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.TemporalText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Writes single values as JSON text, in the forms all formats share. */
public final class JsonOutput {
    private static final byte[] NULL = ascii("null");
    private static final byte[] TRUE = ascii("true");
    private static final byte[] FALSE = ascii("false");
    private static final byte[] HEX = ascii("0123456789abcdef");
    private static final int DECIMAL_LENGTH = 48;

    private JsonOutput() {}

    public static void writeNull(RecordOutput out) {
        out.put(NULL);
    }

    public static void writeBoolean(boolean value, RecordOutput out) {
        out.put(value ? TRUE : FALSE);
    }

    public static void writeLong(long value, RecordOutput out) {
        byte[] b = out.need(NumberText.MAX_LENGTH);
        out.to(NumberText.formatLong(value, b, out.at()));
    }

    /** A number, or NaN and the infinities as strings. */
    public static void writeDouble(double value, boolean single, RecordOutput out) {
        boolean quoted = Double.isNaN(value) || Double.isInfinite(value);
        byte[] b = out.need(NumberText.MAX_LENGTH + 2);
        int at = out.at();
        if (quoted) {
            b[at++] = '"';
        }
        at = single ? NumberText.formatFloat(value, b, at) : NumberText.formatDouble(value, b, at);
        if (quoted) {
            b[at++] = '"';
        }
        out.to(at);
    }

    /** A decimal with a value of up to 18 digits. */
    public static void writeDecimal(long unscaled, int scale, RecordOutput out) {
        byte[] b = out.need(DECIMAL_LENGTH);
        out.to(DecimalText.format(unscaled, scale, b, out.at()));
    }

    public static void writeDecimal(long high, long low, int scale, RecordOutput out) {
        byte[] b = out.need(DECIMAL_LENGTH);
        out.to(DecimalText.format(high, low, scale, b, out.at()));
    }

    /** Bytes in Base64. */
    public static void writeBytes(byte[] bytes, RecordOutput out) {
        writeQuoted(Base64.getEncoder().encode(bytes), out);
    }

    public static void writeDate(int days, RecordOutput out) {
        byte[] b = open(out, TemporalText.MAX_LENGTH);
        close(TemporalText.formatDate(days, b, out.at()), out);
    }

    public static void writeTime(long micros, RecordOutput out) {
        byte[] b = open(out, TemporalText.MAX_LENGTH);
        close(TemporalText.formatTime(micros, b, out.at()), out);
    }

    public static void writeTimestamp(long micros, char separator, boolean zoned, RecordOutput out) {
        byte[] b = open(out, TemporalText.MAX_LENGTH);
        int end = TemporalText.formatTimestamp(micros, separator, b, out.at());
        if (zoned) {
            b[end++] = 'Z';
        }
        close(end, out);
    }

    public static void writeInterval(long micros, RecordOutput out) {
        byte[] b = open(out, IntervalText.MAX_LENGTH);
        close(IntervalText.formatMicros(micros, b, out.at()), out);
    }

    static void writeMonths(long months, RecordOutput out) {
        byte[] b = open(out, IntervalText.MAX_LENGTH);
        close(IntervalText.formatMonths(months, b, out.at()), out);
    }

    /** A count of microseconds in a unit that is {@code decimals} digits larger; a fraction only when there is one. */
    static void writeUnits(long micros, int decimals, RecordOutput out) {
        long unit = NumberText.tenTo(decimals);
        if (micros % unit == 0) {
            writeLong(micros / unit, out);
        } else {
            writeDecimal(micros, decimals, out);
        }
    }

    /** Text that needs no escapes. */
    static void writeQuoted(byte[] plain, RecordOutput out) {
        out.put((byte) '"');
        out.put(plain);
        out.put((byte) '"');
    }

    /** Opens a string with room for {@code length} bytes. */
    private static byte[] open(RecordOutput out, int length) {
        byte[] b = out.need(length + 2);
        b[out.at()] = '"';
        out.to(out.at() + 1);
        return b;
    }

    private static void close(int end, RecordOutput out) {
        out.bytes()[end] = '"';
        out.to(end + 1);
    }

    /** A document as it is, but for line ends, which are white space in JSON and would break the line. */
    public static void writeDocument(byte[] json, int from, int count, RecordOutput out) {
        int start = out.at();
        out.put(json, from, count);
        byte[] b = out.bytes();
        for (int i = start; i < out.at(); i++) {
            if (b[i] == '\n' || b[i] == '\r') {
                b[i] = ' ';
            }
        }
    }

    /** A string of UTF-8; only what JSON demands is escaped. */
    public static void writeText(byte[] text, int from, int count, RecordOutput out) {
        byte[] b = out.need(count + 2);
        int at = out.at();
        b[at++] = '"';
        int end = from + count;
        for (int i = from; i < end; i++) {
            byte c = text[i];
            if ((c >= ' ' || c < 0) && c != '"' && c != '\\') {
                b[at++] = c;
            } else {
                out.to(at);
                b = out.need(end - i + 8);
                at = writeEscape(c, b, at);
            }
        }
        b[at++] = '"';
        out.to(at);
    }

    public static void writeText(String text, RecordOutput out) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writeText(bytes, 0, bytes.length, out);
    }

    private static int writeEscape(byte c, byte[] b, int from) {
        int at = from;
        b[at++] = '\\';
        switch (c) {
            case '"', '\\' -> b[at++] = c;
            case '\b' -> b[at++] = 'b';
            case '\f' -> b[at++] = 'f';
            case '\n' -> b[at++] = 'n';
            case '\r' -> b[at++] = 'r';
            case '\t' -> b[at++] = 't';
            default -> {
                b[at++] = 'u';
                b[at++] = '0';
                b[at++] = '0';
                b[at++] = HEX[c >> 4 & 0xf];
                b[at++] = HEX[c & 0xf];
            }
        }
        return at;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
