package io.laminar.execution.function;

import io.laminar.execution.function.TimePatternPart.Kind;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.text.NumberText;
import io.laminar.spi.text.TemporalText;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern for dates and times, ready to write and to read them. Writing goes straight into bytes; what does not change
 * within a day is kept for the next row, since times come in order, mostly.
 */
public final class TimePattern {
    private static final int ROOM_FOR_NUMBER = 24;

    private final String text;
    private final TimePatternPart[] parts;
    private final byte[][] literals;
    /** How many parts, from the first, depend on the day alone. */
    private final int dayParts;

    private final int room;
    private Day last = new Day(Long.MIN_VALUE, 0, new byte[0]);

    /** @param text what the first {@link #dayParts} give on that day */
    private record Day(long day, long civil, byte[] text) {}

    private TimePattern(String text, List<TimePatternPart> parts) {
        this.text = text;
        this.parts = parts.toArray(new TimePatternPart[0]);
        this.literals = new byte[parts.size()][];
        int size = 0;
        for (int i = 0; i < parts.size(); i++) {
            literals[i] = parts.get(i).literal().getBytes(StandardCharsets.UTF_8);
            size += parts.get(i).kind() == Kind.LITERAL
                    ? literals[i].length
                    : Math.max(ROOM_FOR_NUMBER, parts.get(i).width());
        }
        this.room = size;
        int leading = 0;
        while (leading < parts.size() && parts.get(leading).kind().ofDay()) {
            leading++;
        }
        this.dayParts = leading;
    }

    static TimePattern of(String text, List<TimePatternPart> parts) {
        return new TimePattern(text, parts);
    }

    /** Reads a pattern: of strftime if there is a % in it, otherwise letters of Postgres or Java. */
    public static TimePattern prepare(Slice slice) {
        String pattern = slice.toString();
        if (pattern.indexOf('%') >= 0) {
            return of(pattern, TimePatternParser.strftime(pattern));
        }
        return TimePatternParser.looksLikePostgres(pattern)
                ? of(pattern, TimePatternParser.postgres(pattern))
                : of(pattern, TimePatternParser.java(pattern));
    }

    /** Writes a timestamp in microseconds. */
    void format(long timestamp, Slice out) {
        long day = Calendar.dayOf(timestamp);
        Day current = last;
        if (current.day != day) {
            current = day(day);
            last = current;
        }
        byte[] start = current.text;
        if (dayParts == parts.length) {
            out.set(start, 0, start.length);
            return;
        }
        byte[] to = out.reserve(room);
        System.arraycopy(start, 0, to, 0, start.length);
        out.length(write(dayParts, parts.length, timestamp, current, to, start.length));
    }

    private Day day(long day) {
        Day bare = new Day(day, Calendar.civil(day), new byte[0]);
        byte[] to = new byte[room];
        int length = write(0, dayParts, day * Calendar.MICROS_PER_DAY, bare, to, 0);
        return new Day(day, bare.civil, Arrays.copyOf(to, length));
    }

    /** Writes the parts {@code [first, last)} from a position on and returns the position behind them. */
    private int write(int first, int last, long timestamp, Day day, byte[] to, int from) {
        long civil = day.civil;
        long micros = timestamp - day.day * Calendar.MICROS_PER_DAY;
        int second = (int) (micros / Calendar.MICROS_PER_SECOND);
        int at = from;
        for (int i = first; i < last; i++) {
            TimePatternPart part = parts[i];
            int width = part.width();
            at = switch (part.kind()) {
                case LITERAL -> put(literals[i], to, at);
                case HOUR -> number(second / 3600, width, to, at);
                case HOUR_OF_HALF -> number((second / 3600 + 11) % 12 + 1, width, to, at);
                case MINUTE -> number(second / 60 % 60, width, to, at);
                case SECOND -> number(second % 60, width, to, at);
                case FRACTION -> fraction((int) (micros % Calendar.MICROS_PER_SECOND), width, to, at);
                case HALF_OF_DAY -> put(TimeNames.half(second >= 12 * 3600, part.literal()), to, at);
                case EPOCH -> NumberText.formatLong(Math.floorDiv(timestamp, Calendar.MICROS_PER_SECOND), to, at);
                case OFFSET -> put(literals[i], to, at);
                case YEAR -> number(Calendar.year(civil), width, to, at);
                case MONTH -> number(Calendar.month(civil), width, to, at);
                case DAY -> number(Calendar.dayOfMonth(civil), width, to, at);
                default -> writeDayPart(part, day.day, civil, to, at);
            };
        }
        return at;
    }

    private static int writeDayPart(TimePatternPart part, long day, long civil, byte[] to, int at) {
        int year = Calendar.year(civil);
        int width = part.width();
        return switch (part.kind()) {
            case YEAR_OF_CENTURY -> number(Math.floorMod(year, 100), width, to, at);
            case CENTURY -> number(Math.floorDiv(year, 100), width, to, at);
            case QUARTER -> number((Calendar.month(civil) + 2) / 3, width, to, at);
            case MONTH_NAME -> put(TimeNames.month(Calendar.month(civil), part.literal()), to, at);
            case MONTH_SHORT -> put(TimeNames.shortMonth(Calendar.month(civil), part.literal()), to, at);
            case DAY_SPACED -> spaced(Calendar.dayOfMonth(civil), to, at);
            case DAY_OF_YEAR -> number((int) (day - Calendar.day(year, 1, 1)) + 1, width, to, at);
            case WEEKDAY_NAME -> put(TimeNames.weekday(Weeks.isoDayOfWeek(day), part.literal()), to, at);
            case WEEKDAY_SHORT -> put(TimeNames.shortWeekday(Weeks.isoDayOfWeek(day), part.literal()), to, at);
            case ISO_WEEKDAY -> number(Weeks.isoDayOfWeek(day), width, to, at);
            case WEEKDAY -> number(Weeks.isoDayOfWeek(day) % 7, width, to, at);
            case WEEKDAY_FROM_ONE -> number(Weeks.isoDayOfWeek(day) % 7 + 1, width, to, at);
            case ISO_WEEK -> number(Weeks.isoWeek(day), width, to, at);
            case ISO_YEAR -> number(Weeks.isoYear(day), width, to, at);
            default -> throw new IllegalStateException(part.kind().name());
        };
    }

    private static int put(byte[] bytes, byte[] to, int at) {
        for (int i = 0; i < bytes.length; i++) {
            to[at + i] = bytes[i];
        }
        return at + bytes.length;
    }

    private static int spaced(int value, byte[] to, int at) {
        if (value >= 10) {
            return number(value, 2, to, at);
        }
        to[at] = ' ';
        return number(value, 1, to, at + 1);
    }

    private static int number(int value, int width, byte[] to, int at) {
        if (width == 2 && value >= 0 && value < 100) {
            to[at] = (byte) ('0' + value / 10);
            to[at + 1] = (byte) ('0' + value % 10);
            return at + 2;
        }
        int rest = Math.abs(value);
        int start = at;
        if (value < 0) {
            to[start++] = '-';
        }
        int digits = 1;
        for (int bound = 10; digits < 10 && rest >= bound && bound > 0; bound *= 10) {
            digits++;
        }
        int end = start + Math.max(digits, width);
        for (int i = end - 1; i >= start; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return end;
    }

    private static int fraction(int micros, int digits, byte[] to, int at) {
        int rest = micros;
        for (int i = 6; i > digits; i--) {
            rest /= 10;
        }
        for (int i = Math.min(digits, 6) - 1; i >= 0; i--) {
            to[at + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        for (int i = 6; i < digits; i++) {
            to[at + i] = '0';
        }
        return at + digits;
    }

    /** Reads the whole range as microseconds since the epoch; {@link TemporalText#INVALID} if it does not fit. */
    long parse(byte[] bytes, int from, int to) {
        return new TimePatternReader(bytes, from, to).read(parts, literals);
    }

    @Override
    public String toString() {
        return text;
    }
}
