package io.laminar.execution.expression.kernel;

import io.laminar.spi.text.Calendar;

/** Arithmetic of dates (days), timestamps (microseconds) and intervals, answering {@link #OVERFLOW} out of range. */
public final class TemporalMath {
    /** No result; the smallest long is neither a timestamp nor an interval. */
    public static final long OVERFLOW = Long.MIN_VALUE;

    private static final long MAX_DAY = Calendar.day(Calendar.MAX_YEAR, 12, 31);
    private static final long MIN_DAY = Calendar.day(-Calendar.MAX_YEAR, 1, 1);
    private static final double LONG_LIMIT = 0x1p63;

    private TemporalMath() {}

    public static long add(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) < 0 ? OVERFLOW : sum;
    }

    public static long subtract(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) < 0 ? OVERFLOW : difference;
    }

    public static long multiply(long interval, long factor) {
        long product = interval * factor;
        return Math.multiplyHigh(interval, factor) != product >> 63 ? OVERFLOW : product;
    }

    /** Rounds half away from zero to a whole unit. */
    public static long scale(long interval, double factor) {
        return rounded(interval * factor);
    }

    /** Rounds half away from zero to a whole unit. The divisor is not zero. */
    public static long divide(long interval, double divisor) {
        return rounded(interval / divisor);
    }

    private static long rounded(double value) {
        double whole = NumberCasts.roundHalfAway(value);
        return whole > -LONG_LIMIT && whole < LONG_LIMIT ? (long) whole : OVERFLOW;
    }

    public static long addDays(long day, long count) {
        return checkDay(add(day, count));
    }

    public static long subtractDays(long day, long count) {
        return checkDay(subtract(day, count));
    }

    /** The day a timestamp falls on; passes {@link #OVERFLOW} on. */
    public static long dayOf(long timestamp) {
        return timestamp == OVERFLOW ? OVERFLOW : Calendar.dayOf(timestamp);
    }

    /** Midnight at the start of a day; passes {@link #OVERFLOW} on. */
    public static long startOf(long day) {
        return day == OVERFLOW ? OVERFLOW : day * Calendar.MICROS_PER_DAY;
    }

    /** A time of day moved around the clock. */
    public static long timeOfDay(long time, long interval) {
        return Calendar.timeOf(time + interval % Calendar.MICROS_PER_DAY);
    }

    public static long addMonthsToDate(long day, long months) {
        if (months < -24L * Calendar.MAX_YEAR || months > 24L * Calendar.MAX_YEAR) {
            return OVERFLOW;
        }
        return checkDay(Calendar.addMonths(day, months));
    }

    /** Keeps the time of day; the day of month is cut to the length of the month. */
    public static long addMonths(long timestamp, long months) {
        long day = addMonthsToDate(Calendar.dayOf(timestamp), months);
        return day == OVERFLOW ? OVERFLOW : day * Calendar.MICROS_PER_DAY + Calendar.timeOf(timestamp);
    }

    private static long checkDay(long day) {
        return day >= MIN_DAY && day <= MAX_DAY ? day : OVERFLOW;
    }
}
