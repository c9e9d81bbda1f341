package io.laminar.spi.text;

/** The proleptic Gregorian calendar as arithmetic on days since 1970-01-01 and microseconds since then. */
public final class Calendar {
    public static final long MICROS_PER_SECOND = 1_000_000L;
    public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    /** Years beyond this have no timestamp in microseconds. */
    public static final int MAX_YEAR = 290_000;

    private static final int DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;
    /** Days from 0000-03-01, where the count of eras starts, to 1970-01-01. */
    private static final int EPOCH_FROM_ERA = 719_468;

    private Calendar() {}

    /** Days since 1970-01-01 of a date that exists. Years are counted from March, so that leap days come last. */
    public static int day(int year, int month, int dayOfMonth) {
        int y = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(y, YEARS_PER_ERA);
        int yearOfEra = y - era * YEARS_PER_ERA;
        int monthFromMarch = month > 2 ? month - 3 : month + 9;
        int dayOfYear = (153 * monthFromMarch + 2) / 5 + dayOfMonth - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - EPOCH_FROM_ERA;
    }

    /** A date taken apart: year in the upper half, then month and day of month in 8 bits each. */
    public static long civil(long day) {
        long shifted = day + EPOCH_FROM_ERA;
        long era = Math.floorDiv(shifted, (long) DAYS_PER_ERA);
        int dayOfEra = (int) (shifted - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int dayOfMonth = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        long year = yearOfEra + era * YEARS_PER_ERA + (month <= 2 ? 1 : 0);
        return year << 16 | month << 8 | dayOfMonth;
    }

    public static int year(long civil) {
        return (int) (civil >> 16);
    }

    /** 1 to 12. */
    public static int month(long civil) {
        return (int) (civil >> 8) & 0xFF;
    }

    public static int dayOfMonth(long civil) {
        return (int) civil & 0xFF;
    }

    public static boolean isLeap(int year) {
        return (year & 3) == 0 && (year % 100 != 0 || year % YEARS_PER_ERA == 0);
    }

    public static int daysInMonth(int year, int month) {
        return switch (month) {
            case 2 -> isLeap(year) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /** The date some months later; the day of month is cut to the length of the month. */
    public static long addMonths(long day, long months) {
        long civil = civil(day);
        long count = year(civil) * 12L + month(civil) - 1 + months;
        int year = Math.toIntExact(Math.floorDiv(count, 12L));
        int month = (int) Math.floorMod(count, 12L) + 1;
        return day(year, month, Math.min(dayOfMonth(civil), daysInMonth(year, month)));
    }

    /** The day a timestamp (microseconds) falls on. */
    public static long dayOf(long timestamp) {
        return Math.floorDiv(timestamp, MICROS_PER_DAY);
    }

    /** Microseconds since midnight. */
    public static long timeOf(long timestamp) {
        return Math.floorMod(timestamp, MICROS_PER_DAY);
    }
}
