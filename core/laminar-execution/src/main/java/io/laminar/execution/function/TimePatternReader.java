package io.laminar.execution.function;

import io.laminar.execution.function.TimePatternPart.Kind;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.text.TemporalText;

/** Reads one text by the parts of a {@link TimePattern}. What the pattern leaves out is that of 1970-01-01 00:00. */
final class TimePatternReader {
    private static final int PIVOT = 70;

    private final byte[] bytes;
    private final int to;
    private int at;
    private boolean failed;

    private int year = 1970;
    private int month = 1;
    private int day = 1;
    private int dayOfYear;
    private int hour;
    private int minute;
    private int second;
    private long micros;
    private boolean halves;
    private boolean afternoon;
    private long epoch = TemporalText.INVALID;
    private long offset;

    TimePatternReader(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.to = to;
    }

    long read(TimePatternPart[] parts, byte[][] literals) {
        for (int i = 0; i < parts.length && !failed; i++) {
            boolean digitsFollow = i + 1 < parts.length && parts[i + 1].kind().numeric();
            read(parts[i], literals[i], digitsFollow);
        }
        return failed || at != to ? TemporalText.INVALID : value();
    }

    private long value() {
        if (epoch != TemporalText.INVALID) {
            return epoch * Calendar.MICROS_PER_SECOND + micros;
        }
        int hourOfDay = halves ? hour % 12 + (afternoon ? 12 : 0) : hour;
        boolean exists = month >= 1
                && month <= 12
                && day >= 1
                && day <= Calendar.daysInMonth(year, month)
                && dayOfYear <= (Calendar.isLeap(year) ? 366 : 365)
                && hour < (halves ? 13 : 24)
                && minute < 60
                && second < 60;
        if (!exists) {
            return TemporalText.INVALID;
        }
        long days = dayOfYear > 0 ? Calendar.day(year, 1, 1) + dayOfYear - 1 : Calendar.day(year, month, day);
        return days * Calendar.MICROS_PER_DAY
                + hourOfDay * Calendar.MICROS_PER_HOUR
                + minute * Calendar.MICROS_PER_MINUTE
                + second * Calendar.MICROS_PER_SECOND
                + micros
                - offset;
    }

    private void read(TimePatternPart part, byte[] literal, boolean digitsFollow) {
        Kind kind = part.kind();
        switch (kind) {
            case LITERAL -> literal(literal);
            case YEAR -> year = signed(digitsFollow ? 4 : 6);
            case YEAR_OF_CENTURY -> {
                int value = number(2);
                year = value < PIVOT ? 2000 + value : 1900 + value;
            }
            case MONTH -> month = number(2);
            case MONTH_NAME -> month = name(TimeNames.findMonth(bytes, at, to, false));
            case MONTH_SHORT -> month = name(TimeNames.findMonth(bytes, at, to, true));
            case DAY -> day = number(2);
            case DAY_SPACED -> {
                skipSpaces();
                day = number(2);
            }
            case DAY_OF_YEAR -> dayOfYear = number(3);
            case WEEKDAY_NAME -> name(TimeNames.findWeekday(bytes, at, to, false));
            case WEEKDAY_SHORT -> name(TimeNames.findWeekday(bytes, at, to, true));
            case ISO_WEEKDAY, WEEKDAY, WEEKDAY_FROM_ONE, QUARTER -> number(1);
            case HOUR -> hour = number(2);
            case HOUR_OF_HALF -> {
                hour = number(2);
                halves = true;
            }
            case MINUTE -> minute = number(2);
            case SECOND -> second = number(2);
            case FRACTION -> fraction();
            case HALF_OF_DAY -> half();
            case EPOCH -> epoch = signedLong(12);
            case OFFSET -> offset();
            default -> throw Refusals.invalid("to_timestamp", "a text cannot be read by its " + kind.name());
        }
    }

    private void literal(byte[] expected) {
        if (to - at < expected.length || !Utf8.matches(bytes, at, expected, 0, expected.length)) {
            failed = true;
        } else {
            at += expected.length;
        }
    }

    private void skipSpaces() {
        while (at < to && bytes[at] == ' ') {
            at++;
        }
    }

    private int signed(int most) {
        return (int) signedLong(most);
    }

    private long signedLong(int most) {
        boolean negative = at < to && bytes[at] == '-';
        if (negative) {
            at++;
        }
        long value = digits(most);
        return negative ? -value : value;
    }

    private int number(int most) {
        return (int) digits(most);
    }

    private long digits(int most) {
        int start = at;
        long value = 0;
        while (at < to && at - start < most && bytes[at] >= '0' && bytes[at] <= '9') {
            value = value * 10 + bytes[at++] - '0';
        }
        failed |= at == start;
        return value;
    }

    private void fraction() {
        int start = at;
        long scale = Calendar.MICROS_PER_SECOND;
        while (at < to && at - start < 9 && bytes[at] >= '0' && bytes[at] <= '9') {
            scale /= 10;
            micros += (bytes[at++] - '0') * scale;
        }
        failed |= at == start;
    }

    private int name(int found) {
        if (found < 0) {
            failed = true;
            return 1;
        }
        at += found >> 16;
        return found & 0xFFFF;
    }

    private void half() {
        if (to - at < 2 || (bytes[at + 1] | 0x20) != 'm') {
            failed = true;
            return;
        }
        int letter = bytes[at] | 0x20;
        failed |= letter != 'a' && letter != 'p';
        afternoon = letter == 'p';
        halves = true;
        at += 2;
    }

    private void offset() {
        int end = at;
        while (end < to && bytes[end] != ' ' && bytes[end] != ')' && bytes[end] != ']') {
            end++;
        }
        offset = TemporalText.parseOffset(bytes, at, end);
        failed |= offset == TemporalText.INVALID;
        at = end;
    }
}
