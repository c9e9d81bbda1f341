package io.laminar.spi.text;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Intervals as text: {@code '1 day 02:00:00'}, {@code '5 minutes'}, {@code '90s'}, {@code '1 year 2 months'}, {@code
 * '-00:30'}, {@code 'PT1H30M'}; a number without unit counts seconds.
 */
public final class IntervalText {
    /** Room that any formatter here needs at most. */
    public static final int MAX_LENGTH = 64;

    private IntervalText() {}

    /**
     * Reads months (and years) apart from days and smaller units.
     *
     * @param out takes months at 0 and microseconds at 1
     * @return false if the text is not an interval, or one out of range
     */
    public static boolean parse(byte[] b, int from, int to, long[] out) {
        return new IntervalParser(b, from, to).parse(out);
    }

    /** An interval without months, in microseconds; {@link TemporalText#INVALID} if the text is not one. */
    public static long parseMicros(byte[] b, int from, int to) {
        long[] parts = new long[2];
        return parse(b, from, to, parts) && parts[0] == 0 ? parts[1] : TemporalText.INVALID;
    }

    /** An interval of years and months, in months; {@link TemporalText#INVALID} if the text is not one. */
    public static long parseMonths(byte[] b, int from, int to) {
        long[] parts = new long[2];
        return parse(b, from, to, parts) && parts[1] == 0 ? parts[0] : TemporalText.INVALID;
    }

    /** {@code [N day(s) ][-]HH:MM:SS[.ffffff]}; whole days have no time of day. */
    public static int formatMicros(long micros, byte[] out, int at) {
        long days = micros / Calendar.MICROS_PER_DAY;
        long rest = micros % Calendar.MICROS_PER_DAY;
        int end = at;
        if (days != 0) {
            end = NumberText.formatLong(days, out, end);
            end = put(days == 1 || days == -1 ? " day" : " days", out, end);
            if (rest == 0) {
                return end;
            }
            out[end++] = ' ';
        }
        if (rest < 0) {
            out[end++] = '-';
        }
        return TemporalText.formatTime(Math.abs(rest), out, end);
    }

    /** {@code [N year(s) ][N mon(s)]}. */
    public static int formatMonths(long months, byte[] out, int at) {
        long years = months / 12;
        long rest = months % 12;
        int end = at;
        if (years != 0) {
            end = NumberText.formatLong(years, out, end);
            end = put(years == 1 || years == -1 ? " year" : " years", out, end);
            if (rest == 0) {
                return end;
            }
            out[end++] = ' ';
        }
        end = NumberText.formatLong(rest, out, end);
        return put(rest == 1 || rest == -1 ? " mon" : " mons", out, end);
    }

    private static int put(String text, byte[] out, int at) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    /** Months a unit has, 0 when it is not a unit of months. */
    static int monthsOf(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "mon", "mons", "month", "months" -> 1;
            case "q", "quarter", "quarters" -> 3;
            case "y", "yr", "yrs", "year", "years" -> 12;
            case "decade", "decades" -> 120;
            case "century", "centuries" -> 1200;
            default -> 0;
        };
    }

    /** Microseconds a unit has, 0 when it is not a unit of fixed length. */
    static long microsOf(String unit) {
        return switch (unit.toLowerCase(Locale.ROOT)) {
            case "us", "usec", "usecs", "microsecond", "microseconds" -> 1;
            case "ms", "msec", "msecs", "millisecond", "milliseconds" -> 1000;
            case "s", "sec", "secs", "second", "seconds" -> Calendar.MICROS_PER_SECOND;
            case "m", "min", "mins", "minute", "minutes" -> Calendar.MICROS_PER_MINUTE;
            case "h", "hr", "hrs", "hour", "hours" -> Calendar.MICROS_PER_HOUR;
            case "d", "day", "days" -> Calendar.MICROS_PER_DAY;
            case "w", "week", "weeks" -> 7 * Calendar.MICROS_PER_DAY;
            default -> 0;
        };
    }
}
