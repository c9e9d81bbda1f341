package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TIME;

import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.text.Calendar;

/** Parts of dates and times. A DATE counts as its midnight; zones play no part, timestamps are UTC. */
public final class TimeFieldFunctions {

    private TimeFieldFunctions() {}

    @SqlFunction(
            value = "extract(text, timestamp) -> bigint",
            category = TIME,
            description =
                    "A field of a timestamp as a whole number: year, quarter, month, week, day, hour, minute, second, "
                            + "millisecond, microsecond, dow, isodow, doy, isoyear, decade, century, millennium, epoch.",
            example = "extract('hour', TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "16")
    @SqlFunction(
            value = "extract(text, timestamptz) -> bigint",
            category = TIME,
            description =
                    "A field of a timestamp as a whole number: year, quarter, month, week, day, hour, minute, second, "
                            + "millisecond, microsecond, dow, isodow, doy, isoyear, decade, century, millennium, epoch.")
    public static long extract(@Prepared TimeField field, long timestamp) {
        return field.of(timestamp);
    }

    @SqlFunction(
            value = "extract(text, time) -> bigint",
            category = TIME,
            description = "A field of a time of day as a whole number.",
            example = "extract('minute', TIME '16:05:07')",
            result = "5")
    public static long extractTime(@Prepared TimeField field, long time) {
        return ofTime(field, time);
    }

    @SqlFunction(
            value = "date_part(text, timestamp) -> double",
            aliases = {"datepart"},
            category = TIME,
            description = "A field of a timestamp, with the fraction where it has one.",
            example = "date_part('second', TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "7.891")
    @SqlFunction(
            value = "date_part(text, timestamptz) -> double",
            aliases = {"datepart"},
            category = TIME,
            description = "A field of a timestamp, with the fraction where it has one.")
    public static double datePart(@Prepared TimeField field, long timestamp) {
        return field.exactly(timestamp);
    }

    @SqlFunction(
            value = "year(timestamp) -> bigint",
            category = TIME,
            description = "The year.",
            example = "year(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024")
    @SqlFunction(value = "year(timestamptz) -> bigint", category = TIME, description = "The year.")
    public static long year(long timestamp) {
        return TimeField.YEAR.of(timestamp);
    }

    @SqlFunction(
            value = "quarter(timestamp) -> bigint",
            category = TIME,
            description = "The quarter of the year, 1 to 4.",
            example = "quarter(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "1")
    @SqlFunction(
            value = "quarter(timestamptz) -> bigint",
            category = TIME,
            description = "The quarter of the year, 1 to 4.")
    public static long quarter(long timestamp) {
        return TimeField.QUARTER.of(timestamp);
    }

    @SqlFunction(
            value = "month(timestamp) -> bigint",
            category = TIME,
            description = "The month, 1 to 12.",
            example = "month(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "3")
    @SqlFunction(value = "month(timestamptz) -> bigint", category = TIME, description = "The month, 1 to 12.")
    public static long month(long timestamp) {
        return TimeField.MONTH.of(timestamp);
    }

    @SqlFunction(
            value = "week(timestamp) -> bigint",
            aliases = {"weekofyear"},
            category = TIME,
            description = "The ISO week of the year.",
            example = "week(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "10")
    @SqlFunction(
            value = "week(timestamptz) -> bigint",
            aliases = {"weekofyear"},
            category = TIME,
            description = "The ISO week of the year.")
    public static long week(long timestamp) {
        return TimeField.WEEK.of(timestamp);
    }

    @SqlFunction(
            value = "day(timestamp) -> bigint",
            aliases = {"dayofmonth"},
            category = TIME,
            description = "The day of the month.",
            example = "day(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "9")
    @SqlFunction(
            value = "day(timestamptz) -> bigint",
            aliases = {"dayofmonth"},
            category = TIME,
            description = "The day of the month.")
    public static long day(long timestamp) {
        return TimeField.DAY.of(timestamp);
    }

    @SqlFunction(
            value = "dayofyear(timestamp) -> bigint",
            category = TIME,
            description = "The day of the year.",
            example = "dayofyear(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "69")
    @SqlFunction(value = "dayofyear(timestamptz) -> bigint", category = TIME, description = "The day of the year.")
    public static long dayofyear(long timestamp) {
        return TimeField.DOY.of(timestamp);
    }

    @SqlFunction(
            value = "dayofweek(timestamp) -> bigint",
            category = TIME,
            description = "The day of the week, 1 for Sunday to 7 for Saturday.",
            example = "dayofweek(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "7")
    @SqlFunction(
            value = "dayofweek(timestamptz) -> bigint",
            category = TIME,
            description = "The day of the week, 1 for Sunday to 7 for Saturday.")
    public static long dayOfWeek(long timestamp) {
        return TimeField.DOW.of(timestamp) + 1;
    }

    @SqlFunction(
            value = "hour(timestamp) -> bigint",
            category = TIME,
            description = "The hour, 0 to 23.",
            example = "hour(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "16")
    @SqlFunction(value = "hour(timestamptz) -> bigint", category = TIME, description = "The hour, 0 to 23.")
    @SqlFunction(value = "hour(time) -> bigint", category = TIME, description = "The hour, 0 to 23.")
    public static long hour(long timestamp) {
        return Calendar.timeOf(timestamp) / Calendar.MICROS_PER_HOUR;
    }

    @SqlFunction(
            value = "minute(timestamp) -> bigint",
            category = TIME,
            description = "The minute of the hour.",
            example = "minute(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "5")
    @SqlFunction(value = "minute(timestamptz) -> bigint", category = TIME, description = "The minute of the hour.")
    @SqlFunction(value = "minute(time) -> bigint", category = TIME, description = "The minute of the hour.")
    public static long minute(long timestamp) {
        return Calendar.timeOf(timestamp) / Calendar.MICROS_PER_MINUTE % 60;
    }

    @SqlFunction(
            value = "second(timestamp) -> bigint",
            category = TIME,
            description = "The whole second of the minute.",
            example = "second(TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "7")
    @SqlFunction(
            value = "second(timestamptz) -> bigint",
            category = TIME,
            description = "The whole second of the minute.")
    @SqlFunction(value = "second(time) -> bigint", category = TIME, description = "The whole second of the minute.")
    public static long second(long timestamp) {
        return Calendar.timeOf(timestamp) / Calendar.MICROS_PER_SECOND % 60;
    }

    @SqlFunction(
            value = "to_unixtime(timestamp) -> bigint",
            aliases = {"unix_timestamp", "epoch"},
            category = TIME,
            description = "Whole seconds since 1970-01-01 00:00 UTC.",
            example = "to_unixtime(TIMESTAMP '1970-01-02 00:00:01')",
            result = "86401")
    @SqlFunction(
            value = "to_unixtime(timestamptz) -> bigint",
            aliases = {"unix_timestamp", "epoch"},
            category = TIME,
            description = "Whole seconds since 1970-01-01 00:00 UTC.")
    public static long toUnixtime(long timestamp) {
        return Math.floorDiv(timestamp, Calendar.MICROS_PER_SECOND);
    }

    @SqlFunction(
            value = "epoch_ms(timestamp) -> bigint",
            aliases = {"to_unix_millis"},
            category = TIME,
            description = "Whole milliseconds since 1970-01-01 00:00 UTC.",
            example = "epoch_ms(TIMESTAMP '1970-01-01 00:00:01.5')",
            result = "1500")
    @SqlFunction(
            value = "epoch_ms(timestamptz) -> bigint",
            aliases = {"to_unix_millis"},
            category = TIME,
            description = "Whole milliseconds since 1970-01-01 00:00 UTC.")
    public static long epochMillis(long timestamp) {
        return Math.floorDiv(timestamp, 1000L);
    }

    @SqlFunction(
            value = "epoch_us(timestamp) -> bigint",
            aliases = {"to_unix_micros"},
            category = TIME,
            description = "Microseconds since 1970-01-01 00:00 UTC.",
            example = "epoch_us(TIMESTAMP '1970-01-01 00:00:01.5')",
            result = "1500000")
    @SqlFunction(
            value = "epoch_us(timestamptz) -> bigint",
            aliases = {"to_unix_micros"},
            category = TIME,
            description = "Microseconds since 1970-01-01 00:00 UTC.")
    public static long epochMicros(long timestamp) {
        return timestamp;
    }

    @SqlFunction(
            value = "extract(text, interval) -> bigint",
            category = TIME,
            description =
                    "A field of an interval: days without bound, smaller units below the next one, epoch for all seconds.",
            example = "extract('epoch', INTERVAL '1 hour 30 minutes')",
            result = "5400")
    public static long extractInterval(@Prepared TimeField field, long interval) {
        return switch (field) {
            case EPOCH -> interval / Calendar.MICROS_PER_SECOND;
            case DAY -> interval / Calendar.MICROS_PER_DAY;
            case HOUR -> interval % Calendar.MICROS_PER_DAY / Calendar.MICROS_PER_HOUR;
            case MINUTE -> interval % Calendar.MICROS_PER_HOUR / Calendar.MICROS_PER_MINUTE;
            case SECOND -> interval % Calendar.MICROS_PER_MINUTE / Calendar.MICROS_PER_SECOND;
            case MILLISECOND -> interval % Calendar.MICROS_PER_MINUTE / 1000;
            case MICROSECOND -> interval % Calendar.MICROS_PER_MINUTE;
            default ->
                throw Refusals.invalid("extract", "an interval of days and smaller units has no " + field.word());
        };
    }

    private static long ofTime(TimeField field, long time) {
        return switch (field) {
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, EPOCH -> field.of(time);
            default -> throw Refusals.invalid("extract", "a time of day has no " + field.word());
        };
    }
}
