package io.laminar.spi.text;

import java.nio.charset.StandardCharsets;

/**
 * Numbers as text. Parsers take the whole range {@code [from, to)} without blanks around it and answer whether it is a
 * number of the type; formatters write at a position and answer the position behind.
 */
public final class NumberText {
    /** Room that any formatter here needs at most. */
    public static final int MAX_LENGTH = 48;

    private static final long[] TENS = new long[19];
    private static final double[] EXACT_TENS = new double[23];
    /** Integers up to this are doubles without rounding. */
    private static final long MAX_EXACT = 1L << 53;

    private static final int MAX_DIGITS = 18;

    static {
        TENS[0] = 1;
        for (int i = 1; i < TENS.length; i++) {
            TENS[i] = TENS[i - 1] * 10;
        }
        EXACT_TENS[0] = 1;
        for (int i = 1; i < EXACT_TENS.length; i++) {
            EXACT_TENS[i] = EXACT_TENS[i - 1] * 10;
        }
    }

    private NumberText() {}

    /** 10 to a power from 0 to 18. */
    public static long tenTo(int power) {
        return TENS[power];
    }

    /** Digits with an optional sign to a long at {@code out[0]}; false for other texts and numbers out of range. */
    public static boolean parseLong(byte[] b, int from, int to, long[] out) {
        int at = from;
        boolean negative = at < to && b[at] == '-';
        if (at < to && (negative || b[at] == '+')) {
            at++;
        }
        int digits = to - at;
        if (digits <= 0) {
            return false;
        }
        // Counted downwards, because there is one more negative number than there are positive ones.
        long value = 0;
        if (digits <= MAX_DIGITS) {
            for (; at < to; at++) {
                int digit = b[at] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                value = value * 10 - digit;
            }
        } else {
            for (; at < to; at++) {
                int digit = b[at] - '0';
                if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                    return false;
                }
                long next = value * 10 - digit;
                if (next > value) {
                    return false;
                }
                value = next;
            }
            if (!negative && value == Long.MIN_VALUE) {
                return false;
            }
        }
        out[0] = negative ? value : -value;
        return true;
    }

    /**
     * A decimal number, {@code NaN}, {@code Infinity} or {@code inf} (any letter case) to the nearest double at {@code
     * out[0]}. Numbers with up to 15 digits and small exponents take W. D. Clinger's exact route: one multiplication or
     * division of two doubles that are exact.
     */
    public static boolean parseDouble(byte[] b, int from, int to, double[] out) {
        int at = from;
        boolean negative = at < to && b[at] == '-';
        if (at < to && (negative || b[at] == '+')) {
            at++;
        }
        int first = at;
        long mantissa = 0;
        int digits = 0;
        int significant = 0;
        int exponent = 0;
        for (; at < to && isDigit(b[at]); at++, digits++) {
            if (significant > 0 || b[at] != '0') {
                significant++;
            }
            if (significant <= MAX_DIGITS) {
                mantissa = mantissa * 10 + b[at] - '0';
            }
        }
        if (at < to && b[at] == '.') {
            at++;
            for (; at < to && isDigit(b[at]); at++, digits++) {
                if (significant > 0 || b[at] != '0') {
                    significant++;
                }
                if (significant <= MAX_DIGITS) {
                    mantissa = mantissa * 10 + b[at] - '0';
                    exponent--;
                }
            }
        }
        if (digits == 0) {
            return parseSpecial(b, first, to, negative, out);
        }
        if (at < to && (b[at] | 0x20) == 'e') {
            int written = parseExponent(b, at + 1, to);
            if (written == Integer.MIN_VALUE) {
                return false;
            }
            exponent += written;
            at = to;
        }
        if (at != to) {
            return false;
        }
        if (significant <= MAX_DIGITS && mantissa <= MAX_EXACT && exponent >= -22 && exponent <= 22) {
            double value = exponent < 0 ? mantissa / EXACT_TENS[-exponent] : mantissa * EXACT_TENS[exponent];
            out[0] = negative ? -value : value;
        } else {
            out[0] = Double.parseDouble(new String(b, from, to - from, StandardCharsets.ISO_8859_1));
        }
        return true;
    }

    /** The exponent behind an {@code e}, cut to what makes any number zero or infinite. */
    private static int parseExponent(byte[] b, int from, int to) {
        int at = from;
        boolean negative = at < to && b[at] == '-';
        if (at < to && (negative || b[at] == '+')) {
            at++;
        }
        if (at == to) {
            return Integer.MIN_VALUE;
        }
        int value = 0;
        for (; at < to; at++) {
            if (!isDigit(b[at])) {
                return Integer.MIN_VALUE;
            }
            value = Math.min(99_999_999, value * 10 + b[at] - '0');
        }
        return negative ? -value : value;
    }

    private static boolean parseSpecial(byte[] b, int from, int to, boolean negative, double[] out) {
        if (ScalarText.equalsIgnoreCase(b, from, to, "nan")) {
            out[0] = Double.NaN;
            return true;
        }
        if (ScalarText.equalsIgnoreCase(b, from, to, "infinity") || ScalarText.equalsIgnoreCase(b, from, to, "inf")) {
            out[0] = negative ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
            return true;
        }
        return false;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** Decimal digits with a leading minus for negative numbers. */
    public static int formatLong(long value, byte[] out, int at) {
        int end = at;
        // Counted downwards as well: the smallest long has no positive counterpart.
        long rest = value;
        if (rest < 0) {
            out[end++] = '-';
        } else {
            rest = -rest;
        }
        end += digitsOfNegative(rest);
        int i = end;
        do {
            long quotient = rest / 10;
            out[--i] = (byte) ('0' - (rest - quotient * 10));
            rest = quotient;
        } while (rest != 0);
        return end;
    }

    private static int digitsOfNegative(long value) {
        for (int digits = 1; digits < TENS.length; digits++) {
            if (value > -TENS[digits]) {
                return digits;
            }
        }
        return TENS.length;
    }

    /**
     * The shortest number that reads back as the same double: {@code 1.0}, {@code 0.1}, {@code 1.5e+20}, {@code 1e-05},
     * {@code NaN}, {@code Infinity}. There is an exponent below 1e-4 and from 1e16 on.
     */
    public static int formatDouble(double value, byte[] out, int at) {
        return FloatingText.format(value, false, out, at);
    }

    /** As {@link #formatDouble} for a double that holds a FLOAT: the shortest that reads back as the same float. */
    public static int formatFloat(double value, byte[] out, int at) {
        return FloatingText.format(value, true, out, at);
    }
}
