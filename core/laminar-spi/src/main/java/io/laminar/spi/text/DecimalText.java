package io.laminar.spi.text;

import io.laminar.spi.batch.Int128;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** DECIMAL as text. */
public final class DecimalText {
    private static final int MAX_DIGITS = 18;
    /** No DECIMAL has this many digits before its point; longer texts are not worth reading. */
    private static final int MAX_TEXT = 400;

    private DecimalText() {}

    /**
     * A number, rounded half away from zero to the scale, as an unscaled value.
     *
     * @return false if the text is not a number, or one with more digits than the precision allows
     */
    public static boolean parse(byte[] b, int from, int to, int precision, int scale, Int128 out) {
        int at = from;
        boolean negative = at < to && b[at] == '-';
        if (at < to && (negative || b[at] == '+')) {
            at++;
        }
        long value = 0;
        int digits = 0;
        int decimals = 0;
        boolean point = false;
        boolean up = false;
        int kept = 0;
        for (; at < to; at++) {
            int digit = b[at] - '0';
            if (digit >= 0 && digit <= 9) {
                digits++;
                if (!point || decimals < scale) {
                    value = value * 10 + digit;
                    kept += value == 0 ? 0 : 1;
                    decimals += point ? 1 : 0;
                } else if (decimals == scale) {
                    up = digit >= 5;
                    decimals++;
                }
                if (kept > MAX_DIGITS - 1) {
                    return parseLarge(b, from, to, precision, scale, out);
                }
            } else if (digit == '.' - '0' && !point) {
                point = true;
            } else {
                return parseLarge(b, from, to, precision, scale, out);
            }
        }
        if (digits == 0) {
            return false;
        }
        int missing = scale - Math.min(decimals, scale);
        if (kept + missing > MAX_DIGITS) {
            return parseLarge(b, from, to, precision, scale, out);
        }
        value = value * NumberText.tenTo(missing) + (up ? 1 : 0);
        if (precision <= MAX_DIGITS && value >= NumberText.tenTo(precision)) {
            return false;
        }
        out.set(negative ? -value : value);
        return true;
    }

    private static boolean parseLarge(byte[] b, int from, int to, int precision, int scale, Int128 out) {
        if (to - from > MAX_TEXT) {
            return false;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(new String(b, from, to - from, StandardCharsets.UTF_8));
        } catch (NumberFormatException notANumber) {
            return false;
        }
        long wholeDigits = (long) value.precision() - value.scale();
        if (value.signum() != 0 && wholeDigits > precision) {
            return false;
        }
        if (wholeDigits < -scale - 1L) {
            value = BigDecimal.ZERO;
        }
        BigInteger unscaled = value.setScale(scale, RoundingMode.HALF_UP).unscaledValue();
        return unscaled.abs().compareTo(BigInteger.TEN.pow(precision)) < 0 && out.set(unscaled);
    }

    /** An unscaled value with its decimal point; all digits of the scale are written. */
    public static int format(long unscaled, int scale, byte[] out, int at) {
        byte[] digits = new byte[NumberText.MAX_LENGTH];
        int start = 0;
        int end = NumberText.formatLong(unscaled, digits, 0);
        if (unscaled < 0) {
            start = 1;
        }
        return place(digits, start, end, unscaled < 0, scale, out, at);
    }

    /** As {@link #format(long, int, byte[], int)} for a value of 128 bits. */
    public static int format(long high, long low, int scale, byte[] out, int at) {
        if (high == low >> 63) {
            return format(low, scale, out, at);
        }
        Int128 value = new Int128();
        value.set(high, low);
        byte[] digits = value.toBigInteger().abs().toString().getBytes(StandardCharsets.US_ASCII);
        return place(digits, 0, digits.length, high < 0, scale, out, at);
    }

    private static int place(byte[] digits, int from, int to, boolean negative, int scale, byte[] out, int at) {
        int end = at;
        if (negative) {
            out[end++] = '-';
        }
        int whole = to - from - scale;
        if (whole <= 0) {
            out[end++] = '0';
        } else {
            System.arraycopy(digits, from, out, end, whole);
            end += whole;
        }
        if (scale == 0) {
            return end;
        }
        out[end++] = '.';
        for (int i = whole; i < 0; i++) {
            out[end++] = '0';
        }
        int fraction = Math.min(scale, to - from);
        System.arraycopy(digits, to - fraction, out, end, fraction);
        return end + fraction;
    }
}
