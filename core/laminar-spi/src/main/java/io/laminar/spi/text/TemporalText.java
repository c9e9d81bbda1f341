package io.laminar.spi.text;

/**
 * Dates, times and timestamps as text in the form of ISO 8601, with {@code T} or a space between date and time. Parsers
 * take the whole range {@code [from, to)} without blanks around it and answer {@link #INVALID} for anything else;
 * formatters write at a position and answer the position behind.
 */
public final class TemporalText {
    /** What parsers answer when the text is not a value; no date, time or timestamp has this number. */
    public static final long INVALID = Long.MIN_VALUE;

    /** Room that any formatter here needs at most. */
    public static final int MAX_LENGTH = 40;

    private static final int END_BITS = 8;
    private static final int END_MASK = (1 << END_BITS) - 1;
    private static final int FRACTION_DIGITS = 6;

    private TemporalText() {}

    /** {@code YYYY-MM-DD} to days since 1970-01-01. Years may have a sign and up to six digits. */
    public static long parseDate(byte[] b, int from, int to) {
        long scanned = scanDate(b, from, to);
        return scanned == INVALID || from + (int) (scanned & END_MASK) != to ? INVALID : scanned >> END_BITS;
    }

    /** {@code HH:MM[:SS[.fraction]]} to microseconds since midnight. */
    public static long parseTime(byte[] b, int from, int to) {
        long scanned = scanTime(b, from, to);
        return scanned == INVALID || from + (int) (scanned & END_MASK) != to ? INVALID : scanned >> END_BITS;
    }

    /**
     * A date, optionally followed by a time, optionally followed by {@code Z} or an offset ({@code +02}, {@code
     * -03:30}, {@code +0530}), to microseconds since the epoch in UTC. Fractions finer than microseconds are rounded.
     */
    public static long parseTimestamp(byte[] b, int from, int to) {
        long plain = PlainTimestamp.parse(b, from, to);
        return plain == PlainTimestamp.OTHER ? parseAnyTimestamp(b, from, to) : plain;
    }

    /** The same of any shape. */
    static long parseAnyTimestamp(byte[] b, int from, int to) {
        long date = scanDate(b, from, to);
        if (date == INVALID) {
            return INVALID;
        }
        long micros = (date >> END_BITS) * Calendar.MICROS_PER_DAY;
        int at = from + (int) (date & END_MASK);
        if (at == to) {
            return micros;
        }
        int separator = b[at] | 0x20;
        if (separator != 't' && b[at] != ' ') {
            return INVALID;
        }
        at++;
        long time = scanTime(b, at, to);
        if (time == INVALID) {
            return INVALID;
        }
        micros += time >> END_BITS;
        at += (int) (time & END_MASK);
        if (at == to) {
            return micros;
        }
        long offset = parseOffset(b, at, to);
        return offset == INVALID ? INVALID : micros - offset;
    }

    /** {@code Z}, {@code UTC}, {@code +HH}, {@code +HH:MM}, {@code +HHMM} to microseconds east of UTC. */
    public static long parseOffset(byte[] b, int from, int to) {
        int at = from;
        while (at < to && b[at] == ' ') {
            at++;
        }
        if (to - at == 1 && (b[at] | 0x20) == 'z') {
            return 0;
        }
        if (to - at == 3 && (b[at] | 0x20) == 'u' && (b[at + 1] | 0x20) == 't' && (b[at + 2] | 0x20) == 'c') {
            return 0;
        }
        if (to - at < 3 || (b[at] != '+' && b[at] != '-')) {
            return INVALID;
        }
        int sign = b[at] == '-' ? -1 : 1;
        int hours = two(b, at + 1, to);
        int minutes = 0;
        at += 3;
        if (at < to) {
            if (b[at] == ':') {
                at++;
            }
            minutes = two(b, at, to);
            at += 2;
        }
        if (at != to || hours < 0 || hours > 18 || minutes < 0 || minutes > 59) {
            return INVALID;
        }
        return sign * (hours * Calendar.MICROS_PER_HOUR + minutes * Calendar.MICROS_PER_MINUTE);
    }

    /** Days in the upper bits, the length of the date in the lower ones. */
    private static long scanDate(byte[] b, int from, int to) {
        int at = from;
        boolean negative = at < to && b[at] == '-';
        if (at < to && (negative || b[at] == '+')) {
            at++;
        }
        int year = 0;
        int start = at;
        while (at < to && isDigit(b[at]) && at - start < 7) {
            year = year * 10 + b[at++] - '0';
        }
        int yearDigits = at - start;
        if (yearDigits < 4 || year > Calendar.MAX_YEAR || at >= to || b[at] != '-') {
            return INVALID;
        }
        at++;
        int month = two(b, at, to);
        if (month >= 0) {
            at += 2;
        } else if (at < to && isDigit(b[at])) {
            month = b[at++] - '0';
        }
        if (month < 1 || month > 12 || at >= to || b[at] != '-') {
            return INVALID;
        }
        at++;
        int day = two(b, at, to);
        if (day >= 0) {
            at += 2;
        } else if (at < to && isDigit(b[at])) {
            day = b[at++] - '0';
        }
        int signed = negative ? -year : year;
        if (day < 1 || day > Calendar.daysInMonth(signed, month)) {
            return INVALID;
        }
        return (long) Calendar.day(signed, month, day) << END_BITS | (at - from);
    }

    /** Microseconds in the upper bits, the length of the time in the lower ones. */
    private static long scanTime(byte[] b, int from, int to) {
        int at = from;
        int hour = two(b, at, to);
        if (hour >= 0) {
            at += 2;
        } else if (at < to && isDigit(b[at])) {
            hour = b[at++] - '0';
        }
        if (hour < 0 || hour > 23 || at >= to || b[at] != ':') {
            return INVALID;
        }
        int minute = two(b, at + 1, to);
        at += 3;
        if (minute < 0 || minute > 59) {
            return INVALID;
        }
        long micros = hour * Calendar.MICROS_PER_HOUR + minute * Calendar.MICROS_PER_MINUTE;
        if (at < to && b[at] == ':') {
            int second = two(b, at + 1, to);
            at += 3;
            if (second < 0 || second > 59) {
                return INVALID;
            }
            micros += second * Calendar.MICROS_PER_SECOND;
            if (at < to && (b[at] == '.' || b[at] == ',')) {
                int start = ++at;
                while (at < to && isDigit(b[at])) {
                    at++;
                }
                if (at == start || at - from > END_MASK) {
                    return INVALID;
                }
                micros += fraction(b, start, at);
            }
        }
        return micros << END_BITS | (at - from);
    }

    /** Digits behind a decimal point as microseconds, rounded. */
    static long fraction(byte[] b, int from, int to) {
        int micros = 0;
        for (int i = 0; i < FRACTION_DIGITS; i++) {
            micros = micros * 10 + (from + i < to ? b[from + i] - '0' : 0);
        }
        return from + FRACTION_DIGITS < to && b[from + FRACTION_DIGITS] >= '5' ? micros + 1 : micros;
    }

    private static int two(byte[] b, int at, int to) {
        if (at + 1 >= to) {
            return -1;
        }
        int tens = b[at] - '0';
        int ones = b[at + 1] - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    private static boolean isDigit(byte c) {
        return c >= '0' && c <= '9';
    }

    /** {@code YYYY-MM-DD}. */
    public static int formatDate(long day, byte[] out, int at) {
        long civil = Calendar.civil(day);
        int year = Calendar.year(civil);
        int end = at;
        if (year < 0) {
            out[end++] = '-';
            year = -year;
        }
        if (year > 9999) {
            end = NumberText.formatLong(year, out, end);
        } else {
            putTwo(year / 100, out, end);
            putTwo(year % 100, out, end + 2);
            end += 4;
        }
        out[end] = '-';
        putTwo(Calendar.month(civil), out, end + 1);
        out[end + 3] = '-';
        putTwo(Calendar.dayOfMonth(civil), out, end + 4);
        return end + 6;
    }

    /** {@code HH:MM:SS[.ffffff]}; trailing zeros of the fraction are left out. */
    public static int formatTime(long micros, byte[] out, int at) {
        int seconds = (int) (micros / Calendar.MICROS_PER_SECOND);
        putTwo(seconds / 3600, out, at);
        out[at + 2] = ':';
        putTwo(seconds / 60 % 60, out, at + 3);
        out[at + 5] = ':';
        putTwo(seconds % 60, out, at + 6);
        return formatFraction((int) (micros % Calendar.MICROS_PER_SECOND), out, at + 8);
    }

    static int formatFraction(int micros, byte[] out, int at) {
        if (micros == 0) {
            return at;
        }
        out[at] = '.';
        int rest = micros;
        int end = at;
        for (int i = FRACTION_DIGITS; i > 0; i--) {
            int digit = rest % 10;
            rest /= 10;
            if (end == at && digit != 0) {
                end = at + i;
            }
            out[at + i] = (byte) ('0' + digit);
        }
        return end + 1;
    }

    /** {@code YYYY-MM-DD HH:MM:SS[.ffffff]}. */
    public static int formatTimestamp(long micros, byte[] out, int at) {
        return formatTimestamp(micros, ' ', out, at);
    }

    /** As {@link #formatTimestamp(long, byte[], int)} with another separator, for example {@code 'T'}. */
    public static int formatTimestamp(long micros, char separator, byte[] out, int at) {
        int end = formatDate(Calendar.dayOf(micros), out, at);
        out[end] = (byte) separator;
        return formatTime(Calendar.timeOf(micros), out, end + 1);
    }

    /** {@code YYYY-MM-DD HH:MM:SS[.ffffff]+00}. */
    public static int formatTimestampTz(long micros, byte[] out, int at) {
        int end = formatTimestamp(micros, ' ', out, at);
        out[end] = '+';
        out[end + 1] = '0';
        out[end + 2] = '0';
        return end + 3;
    }

    static void putTwo(int value, byte[] out, int at) {
        out[at] = (byte) ('0' + value / 10);
        out[at + 1] = (byte) ('0' + value % 10);
    }
}
