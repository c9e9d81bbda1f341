package io.laminar.spi.text;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/** Writes doubles and floats with as few digits as identify them. */
final class FloatingText {
    private static final byte[] NAN = "NaN".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] INFINITY = "Infinity".getBytes(StandardCharsets.US_ASCII);
    private static final double[] TENS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12};
    private static final double MAX_EXACT = 1L << 53;
    private static final double PLAIN_FROM = 1e-4;
    private static final double PLAIN_TO = 1e15;
    private static final int PLAIN_MIN_EXPONENT = -4;
    private static final int PLAIN_MAX_EXPONENT = 15;

    private FloatingText() {}

    static int format(double value, boolean single, byte[] out, int at) {
        if (Double.isNaN(value)) {
            return put(NAN, out, at);
        }
        int end = at;
        if (value < 0 || (value == 0 && 1 / value < 0)) {
            out[end++] = '-';
        }
        double magnitude = Math.abs(value);
        if (magnitude == Double.POSITIVE_INFINITY) {
            return put(INFINITY, out, end);
        }
        if (magnitude == 0 || (magnitude >= PLAIN_FROM && magnitude < PLAIN_TO)) {
            int plain = formatShort(magnitude, single, out, end);
            if (plain > 0) {
                return plain;
            }
        }
        return formatDigits(shortest(magnitude, single), out, end);
    }

    /**
     * Tries a growing number of decimals, for numbers people write. A candidate is m / 10^k with both exact, so one
     * division tells whether it reads back as the value; the first that does has the fewest digits. 0 if none does.
     */
    private static int formatShort(double magnitude, boolean single, byte[] out, int at) {
        for (int decimals = 0; decimals < TENS.length; decimals++) {
            double scaled = Math.rint(magnitude * TENS[decimals]);
            if (scaled >= MAX_EXACT) {
                return 0;
            }
            double candidate = scaled / TENS[decimals];
            // A float read through a double is rounded twice; the general way handles the rare ties.
            if (single ? (float) candidate == (float) magnitude : candidate == magnitude) {
                return formatFixed((long) scaled, decimals, out, at);
            }
        }
        return 0;
    }

    private static int formatFixed(long unscaled, int decimals, byte[] out, int at) {
        long unit = NumberText.tenTo(decimals);
        int end = NumberText.formatLong(unscaled / unit, out, at);
        out[end++] = '.';
        if (decimals == 0) {
            out[end++] = '0';
            return end;
        }
        long fraction = unscaled % unit;
        for (int i = decimals - 1; i >= 0; i--) {
            out[end + i] = (byte) ('0' + fraction % 10);
            fraction /= 10;
        }
        return end + decimals;
    }

    /** The shortest decimal nearest to the value. JDK 17's own text has sometimes one digit too many. */
    private static BigDecimal shortest(double magnitude, boolean single) {
        String text = single ? Float.toString((float) magnitude) : Double.toString(magnitude);
        BigDecimal best = new BigDecimal(text).stripTrailingZeros();
        BigDecimal exact = new BigDecimal(magnitude);
        while (best.precision() > 1) {
            BigDecimal shorter = exact.round(new MathContext(best.precision() - 1, RoundingMode.HALF_EVEN))
                    .stripTrailingZeros();
            boolean same = single ? shorter.floatValue() == (float) magnitude : shorter.doubleValue() == magnitude;
            if (!same) {
                break;
            }
            best = shorter;
        }
        BigDecimal nearest = exact.round(new MathContext(best.precision(), RoundingMode.HALF_EVEN));
        boolean same = single ? nearest.floatValue() == (float) magnitude : nearest.doubleValue() == magnitude;
        return (same ? nearest : best).stripTrailingZeros();
    }

    private static int formatDigits(BigDecimal value, byte[] out, int at) {
        byte[] digits = value.unscaledValue().toString().getBytes(StandardCharsets.US_ASCII);
        int exponent = digits.length - 1 - value.scale();
        if (exponent >= PLAIN_MIN_EXPONENT && exponent <= PLAIN_MAX_EXPONENT) {
            byte[] plain = value.toPlainString().getBytes(StandardCharsets.US_ASCII);
            int end = put(plain, out, at);
            if (value.scale() <= 0) {
                out[end++] = '.';
                out[end++] = '0';
            }
            return end;
        }
        int end = at;
        out[end++] = digits[0];
        if (digits.length > 1) {
            out[end++] = '.';
            System.arraycopy(digits, 1, out, end, digits.length - 1);
            end += digits.length - 1;
        }
        out[end++] = 'e';
        out[end++] = (byte) (exponent < 0 ? '-' : '+');
        int size = Math.abs(exponent);
        if (size < 10) {
            out[end++] = '0';
        }
        return NumberText.formatLong(size, out, end);
    }

    private static int put(byte[] text, byte[] out, int at) {
        System.arraycopy(text, 0, out, at, text.length);
        return at + text.length;
    }
}
