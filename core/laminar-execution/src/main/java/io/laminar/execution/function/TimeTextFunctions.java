package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TIME;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.text.Calendar;
import io.laminar.spi.text.TemporalText;
import org.jspecify.annotations.Nullable;

/** Dates and times out of texts and numbers, and texts out of them. */
public final class TimeTextFunctions {
    private static final double MICROS = 1e6;

    private TimeTextFunctions() {}

    @SqlFunction(
            value = "date_format(timestamp, text) -> text",
            aliases = {"strftime"},
            category = TIME,
            description =
                    "The timestamp in a pattern: of strftime if there is a % in it (%Y-%m-%d %H:%M:%S), otherwise of letters "
                            + "as in Java (yyyy-MM-dd HH:mm:ss) or Postgres (YYYY-MM-DD HH24:MI:SS).",
            example = "date_format(TIMESTAMP '2024-03-09 16:05:07.891', '%Y-%m-%d %H:%M')",
            result = "2024-03-09 16:05")
    @SqlFunction(
            value = "date_format(timestamptz, text) -> text",
            aliases = {"strftime"},
            category = TIME,
            description =
                    "The timestamp in a pattern: of strftime if there is a % in it (%Y-%m-%d %H:%M:%S), otherwise of letters "
                            + "as in Java (yyyy-MM-dd HH:mm:ss) or Postgres (YYYY-MM-DD HH24:MI:SS).")
    public static void dateFormat(long timestamp, @Prepared TimePattern pattern, Slice out) {
        pattern.format(timestamp, out);
    }

    @SqlFunction(
            value = "to_char(timestamp, text) -> text",
            category = TIME,
            description = "The timestamp in a pattern of Postgres (YYYY-MM-DD HH24:MI:SS).",
            example = "to_char(TIMESTAMP '2024-03-09 16:05:07.891', 'Dy DD Mon YYYY HH12:MI AM')",
            result = "Sat 09 Mar 2024 04:05 PM")
    @SqlFunction(
            value = "to_char(timestamptz, text) -> text",
            category = TIME,
            description = "The timestamp in a pattern of Postgres (YYYY-MM-DD HH24:MI:SS).")
    public static void toChar(long timestamp, @Prepared PostgresTimePattern pattern, Slice out) {
        pattern.pattern().format(timestamp, out);
    }

    @SqlFunction(
            value = "to_timestamp(text) -> timestamp",
            category = TIME,
            description = "Reads a timestamp in the form of ISO 8601.",
            example = "to_timestamp('2024-03-09T16:05:07.5Z')",
            result = "2024-03-09 16:05:07.5")
    public static long toTimestamp(Slice text) {
        return toTimestamp("to_timestamp", text);
    }

    @SqlFunction(
            value = "to_timestamp(text, text) -> timestamp",
            aliases = {"strptime"},
            category = TIME,
            description = "Reads a timestamp in a pattern; see date_format.",
            example = "to_timestamp('09/Mar/2024 16:05', 'dd/MMM/yyyy HH:mm')",
            result = "2024-03-09 16:05:00")
    public static long toTimestamp(Slice text, @Prepared TimePattern pattern) {
        return parse("to_timestamp", text, pattern);
    }

    @SqlFunction(
            value = "try_to_timestamp(text) -> timestamp",
            category = TIME,
            description = "As to_timestamp, but NULL for what is no timestamp.",
            example = "try_to_timestamp('yesterday')",
            result = "NULL")
    public static @Nullable Long tryToTimestamp(Slice text) {
        long value = parse(text);
        return value == TemporalText.INVALID ? null : (Long) value;
    }

    @SqlFunction(
            value = "try_to_timestamp(text, text) -> timestamp",
            aliases = {"try_strptime"},
            category = TIME,
            description = "As to_timestamp, but NULL for what is no timestamp in the pattern.",
            example = "try_to_timestamp('2024-13-01', '%Y-%m-%d')",
            result = "NULL")
    public static @Nullable Long tryToTimestamp(Slice text, @Prepared TimePattern pattern) {
        long value = pattern.parse(text.base(), text.offset(), text.offset() + text.length());
        return value == TemporalText.INVALID ? null : (Long) value;
    }

    @SqlFunction(
            value = "to_timestamptz(text) -> timestamptz",
            category = TIME,
            description = "Reads a timestamp in the form of ISO 8601; UTC unless it has an offset.",
            example = "to_timestamptz('2024-03-09T16:05:07+02:00')",
            result = "2024-03-09 14:05:07+00")
    public static long toTimestampTz(Slice text) {
        return toTimestamp("to_timestamptz", text);
    }

    @SqlFunction(
            value = "to_timestamp(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many seconds after 1970-01-01 00:00 UTC.",
            example = "to_timestamp(1710000307)",
            result = "2024-03-09 16:05:07")
    @SqlFunction(
            value = "from_unixtime(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many seconds after 1970-01-01 00:00 UTC.",
            example = "from_unixtime(1710000307)",
            result = "2024-03-09 16:05:07")
    @SqlFunction(
            value = "to_timestamp_seconds(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many seconds after 1970-01-01 00:00 UTC.",
            example = "to_timestamp_seconds(1710000307)",
            result = "2024-03-09 16:05:07")
    public static long fromSeconds(long n) {
        return scaled("to_timestamp", n, Calendar.MICROS_PER_SECOND);
    }

    @SqlFunction(
            value = "to_timestamp_millis(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many milliseconds after 1970-01-01 00:00 UTC.",
            example = "to_timestamp_millis(1710000307891)",
            result = "2024-03-09 16:05:07.891")
    public static long fromMillis(long n) {
        return scaled("to_timestamp_millis", n, 1000);
    }

    @SqlFunction(
            value = "to_timestamp_micros(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many microseconds after 1970-01-01 00:00 UTC.",
            example = "to_timestamp_micros(1710000307891000)",
            result = "2024-03-09 16:05:07.891")
    public static long fromMicros(long n) {
        return n;
    }

    @SqlFunction(
            value = "to_timestamp_nanos(bigint) -> timestamp",
            category = TIME,
            description = "The timestamp so many nanoseconds after 1970-01-01 00:00 UTC, cut to microseconds.",
            example = "to_timestamp_nanos(1710000307891000999)",
            result = "2024-03-09 16:05:07.891")
    public static long fromNanos(long n) {
        return Math.floorDiv(n, 1000L);
    }

    @SqlFunction(
            value = "to_timestamp(double) -> timestamp",
            category = TIME,
            description = "The timestamp so many seconds after 1970-01-01 00:00 UTC.",
            example = "to_timestamp(1.5e0)",
            result = "1970-01-01 00:00:01.5")
    public static long fromSeconds(double n) {
        double micros = Math.rint(n * MICROS);
        if (!(Math.abs(micros) < 0x1p63)) {
            throw Refusals.overflow("to_timestamp", "TIMESTAMP");
        }
        return (long) micros;
    }

    @SqlFunction(
            value = "to_timestamp_ltz(bigint, int) -> timestamptz",
            category = TIME,
            description =
                    "The timestamp so many seconds (precision 0) or milliseconds (precision 3) after 1970-01-01 00:00 UTC.",
            example = "to_timestamp_ltz(1500, 3)",
            result = "1970-01-01 00:00:01.5+00")
    public static long toTimestampLtz(long n, int precision) {
        return switch (precision) {
            case 0 -> scaled("to_timestamp_ltz", n, Calendar.MICROS_PER_SECOND);
            case 3 -> scaled("to_timestamp_ltz", n, 1000);
            case 6 -> n;
            case 9 -> Math.floorDiv(n, 1000L);
            default ->
                throw Refusals.invalid(
                        "to_timestamp_ltz", "the precision is " + precision + ", it must be 0, 3, 6 or 9");
        };
    }

    @SqlFunction(
            value = "from_unixtime(bigint, text) -> text",
            category = TIME,
            description = "The time so many seconds after 1970-01-01 00:00 UTC in a pattern; see date_format.",
            example = "from_unixtime(86400, 'yyyy-MM-dd')",
            result = "1970-01-02")
    public static void fromUnixtime(long seconds, @Prepared TimePattern pattern, Slice out) {
        pattern.format(scaled("from_unixtime", seconds, Calendar.MICROS_PER_SECOND), out);
    }

    @SqlFunction(
            value = "to_date(text) -> date",
            category = TIME,
            description = "Reads a date in the form of ISO 8601; a time behind it is left out.",
            example = "to_date('2024-03-09')",
            result = "2024-03-09")
    public static int toDate(Slice text) {
        return day(toTimestamp("to_date", text));
    }

    @SqlFunction(
            value = "to_date(text, text) -> date",
            category = TIME,
            description = "Reads a date in a pattern; see date_format.",
            example = "to_date('9.3.2024', 'd.M.yyyy')",
            result = "2024-03-09")
    public static int toDate(Slice text, @Prepared TimePattern pattern) {
        return day(parse("to_date", text, pattern));
    }

    @SqlFunction(
            value = "to_date(timestamp) -> date",
            aliases = {"date"},
            category = TIME,
            description = "The day of a timestamp.",
            example = "to_date(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024-03-09")
    @SqlFunction(
            value = "to_date(timestamptz) -> date",
            aliases = {"date"},
            category = TIME,
            description = "The day of a timestamp.")
    public static int toDate(long timestamp) {
        return day(timestamp);
    }

    @SqlFunction(
            value = "to_time(text) -> time",
            category = TIME,
            description = "Reads a time of day.",
            example = "to_time('16:05')",
            result = "16:05:00")
    public static long toTime(Slice text) {
        long value = TemporalText.parseTime(text.base(), text.offset(), text.offset() + text.length());
        if (value == TemporalText.INVALID) {
            throw unreadable("to_time", text);
        }
        return value;
    }

    @SqlFunction(
            value = "to_time(text, text) -> time",
            category = TIME,
            description = "Reads a time of day in a pattern; see date_format.",
            example = "to_time('4:05 PM', 'h:mm a')",
            result = "16:05:00")
    public static long toTime(Slice text, @Prepared TimePattern pattern) {
        return Calendar.timeOf(parse("to_time", text, pattern));
    }

    @SqlFunction(
            value = "to_time(timestamp) -> time",
            category = TIME,
            description = "The time of day of a timestamp.",
            example = "to_time(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "16:05:07.891")
    @SqlFunction(
            value = "to_time(timestamptz) -> time",
            category = TIME,
            description = "The time of day of a timestamp.")
    public static long toTime(long timestamp) {
        return Calendar.timeOf(timestamp);
    }

    @SqlFunction(
            value = "make_date(bigint, bigint, bigint) -> date",
            category = TIME,
            description = "The date of this year, month and day.",
            example = "make_date(2024, 2, 29)",
            result = "2024-02-29")
    public static int makeDate(long year, long month, long day) {
        return date("make_date", year, month, day);
    }

    @SqlFunction(
            value = "make_time(bigint, bigint, double) -> time",
            category = TIME,
            description = "The time of day of this hour, minute and second.",
            example = "make_time(16, 5, 7.5e0)",
            result = "16:05:07.5")
    public static long makeTime(long hour, long minute, double second) {
        return time("make_time", hour, minute, second);
    }

    @SqlFunction(
            value = "make_timestamp(bigint, bigint, bigint, bigint, bigint, double) -> timestamp",
            category = TIME,
            description = "The timestamp of this year, month, day, hour, minute and second.",
            example = "make_timestamp(2024, 3, 9, 16, 5, 7)",
            result = "2024-03-09 16:05:07")
    public static long makeTimestamp(long year, long month, long day, long hour, long minute, double second) {
        return date("make_timestamp", year, month, day) * Calendar.MICROS_PER_DAY
                + time("make_timestamp", hour, minute, second);
    }

    private static long parse(Slice text) {
        return TemporalText.parseTimestamp(text.base(), text.offset(), text.offset() + text.length());
    }

    private static long toTimestamp(String function, Slice text) {
        long value = parse(text);
        if (value == TemporalText.INVALID) {
            throw unreadable(function, text);
        }
        return value;
    }

    private static long parse(String function, Slice text, TimePattern pattern) {
        long value = pattern.parse(text.base(), text.offset(), text.offset() + text.length());
        if (value == TemporalText.INVALID) {
            throw Refusals.invalid(function, "'" + text + "' does not fit the pattern '" + pattern + "'");
        }
        return value;
    }

    private static LaminarException unreadable(String function, Slice text) {
        return Refusals.invalid(function, "'" + text + "' cannot be read", "give the pattern the text is written in");
    }

    private static int day(long timestamp) {
        return (int) Calendar.dayOf(timestamp);
    }

    private static long scaled(String function, long n, long micros) {
        long high = Math.multiplyHigh(n, micros);
        long low = n * micros;
        if (high != low >> 63) {
            throw Refusals.overflow(function, "TIMESTAMP");
        }
        return low;
    }

    private static int date(String function, long year, long month, long day) {
        if (Math.abs(year) > Calendar.MAX_YEAR
                || month < 1
                || month > 12
                || day < 1
                || day > Calendar.daysInMonth((int) year, (int) month)) {
            throw Refusals.invalid(function, "there is no day " + year + "-" + month + "-" + day);
        }
        return Calendar.day((int) year, (int) month, (int) day);
    }

    private static long time(String function, long hour, long minute, double second) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || !(second >= 0 && second < 60)) {
            throw Refusals.invalid(function, "there is no time " + hour + ":" + minute + ":" + second);
        }
        return hour * Calendar.MICROS_PER_HOUR + minute * Calendar.MICROS_PER_MINUTE + (long) (second * MICROS);
    }
}
