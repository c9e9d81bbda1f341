package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TIME;

import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.function.Volatility;
import io.laminar.spi.text.Calendar;

/** The current time, cutting timestamps to units, and counting with them. */
public final class TimeFunctions {

    private TimeFunctions() {}

    @SqlFunction(
            value = "now() -> timestamp",
            aliases = {"current_timestamp", "localtimestamp", "proctime"},
            volatility = Volatility.STABLE,
            category = TIME,
            description = "The time at which the batch of rows is processed.",
            example = "now() > TIMESTAMP '2020-01-01 00:00:00'",
            result = "true")
    public static long now(EvaluationContext context) {
        return context.now();
    }

    @SqlFunction(
            value = "current_date() -> date",
            aliases = {"today"},
            volatility = Volatility.STABLE,
            category = TIME,
            description = "The day, in UTC, at which the batch of rows is processed.",
            example = "current_date() > DATE '2020-01-01'",
            result = "true")
    public static int currentDate(EvaluationContext context) {
        return (int) Calendar.dayOf(context.now());
    }

    @SqlFunction(
            value = "current_time() -> time",
            aliases = {"localtime"},
            volatility = Volatility.STABLE,
            category = TIME,
            description = "The time of day, in UTC, at which the batch of rows is processed.",
            example = "current_time() >= TIME '00:00:00'",
            result = "true")
    public static long currentTime(EvaluationContext context) {
        return Calendar.timeOf(context.now());
    }

    @SqlFunction(
            value = "unix_timestamp() -> bigint",
            volatility = Volatility.STABLE,
            category = TIME,
            description = "Whole seconds since 1970-01-01 00:00 UTC at which the batch of rows is processed.",
            example = "unix_timestamp() > 1577836800",
            result = "true")
    public static long unixTimestamp(EvaluationContext context) {
        return Math.floorDiv(context.now(), Calendar.MICROS_PER_SECOND);
    }

    @SqlFunction(
            value = "date_trunc(text, timestamp) -> timestamp",
            aliases = {"datetrunc"},
            category = TIME,
            description =
                    "The start of the microsecond, millisecond, second, minute, hour, day, week (Monday), month, quarter, "
                            + "year, decade, century or millennium.",
            example = "date_trunc('hour', TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024-03-09 16:00:00")
    @SqlFunction(
            value = "date_trunc(text, timestamptz) -> timestamptz",
            aliases = {"datetrunc"},
            category = TIME,
            description =
                    "The start of the microsecond, millisecond, second, minute, hour, day, week (Monday), month, quarter, "
                            + "year, decade, century or millennium.")
    public static long dateTrunc(@Prepared TimeUnit unit, long timestamp) {
        return unit.floor(timestamp);
    }

    @SqlFunction(
            value = "date_trunc(text, interval) -> interval",
            aliases = {"datetrunc"},
            category = TIME,
            description = "The interval without what is smaller than the unit.",
            example = "date_trunc('hour', INTERVAL '1 day 02:30:00')",
            result = "1 day 02:00:00")
    public static long dateTruncInterval(@Prepared TimeUnit unit, long interval) {
        return interval < 0 ? -unit.floor(-interval) : unit.floor(interval);
    }

    @SqlFunction(
            value = "date_ceil(text, timestamp) -> timestamp",
            category = TIME,
            description = "The timestamp itself where it starts a unit, otherwise the start of the next unit.",
            example = "date_ceil('hour', TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024-03-09 17:00:00")
    @SqlFunction(
            value = "date_ceil(text, timestamptz) -> timestamptz",
            category = TIME,
            description = "The timestamp itself where it starts a unit, otherwise the start of the next unit.")
    public static long dateCeil(@Prepared TimeUnit unit, long timestamp) {
        long start = unit.floor(timestamp);
        return start == timestamp ? start : unit.add(start, 1);
    }

    @SqlFunction(
            value = "date_bin(interval, timestamp, timestamp) -> timestamp",
            category = TIME,
            description = "The start of the bin of this width; bins are counted from the last timestamp.",
            example =
                    "date_bin(INTERVAL '15 minutes', TIMESTAMP '2024-03-09 16:05:07.891', TIMESTAMP '2024-01-01 00:05:00')",
            result = "2024-03-09 16:05:00")
    @SqlFunction(
            value = "date_bin(interval, timestamptz, timestamptz) -> timestamptz",
            category = TIME,
            description = "The start of the bin of this width; bins are counted from the last timestamp.")
    public static long dateBin(long width, long timestamp, long origin) {
        if (width <= 0) {
            throw Refusals.invalid("date_bin", "the width of a bin must be positive");
        }
        return timestamp - Math.floorMod(timestamp - origin, width);
    }

    @SqlFunction(
            value = "date_bin(interval, timestamp) -> timestamp",
            category = TIME,
            description = "The start of the bin of this width; bins are counted from 1970-01-01.",
            example = "date_bin(INTERVAL '15 minutes', TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024-03-09 16:00:00")
    @SqlFunction(
            value = "date_bin(interval, timestamptz) -> timestamptz",
            category = TIME,
            description = "The start of the bin of this width; bins are counted from 1970-01-01.")
    public static long dateBin(long width, long timestamp) {
        return dateBin(width, timestamp, 0);
    }

    @SqlFunction(
            value = "date_bin(interval_months, timestamp) -> timestamp",
            category = TIME,
            description = "The start of the bin of so many months; bins are counted from 1970-01-01.",
            example = "date_bin(INTERVAL '6' MONTH, TIMESTAMP '2024-03-09 16:05:07.891')",
            result = "2024-01-01 00:00:00")
    @SqlFunction(
            value = "date_bin(interval_months, timestamptz) -> timestamptz",
            category = TIME,
            description = "The start of the bin of so many months; bins are counted from 1970-01-01.")
    public static long dateBinMonths(long width, long timestamp) {
        if (width <= 0) {
            throw Refusals.invalid("date_bin", "the width of a bin must be positive");
        }
        long civil = Calendar.civil(Calendar.dayOf(timestamp));
        long month = (Calendar.year(civil) - 1970) * 12L + Calendar.month(civil) - 1;
        return TimeUnit.MONTH.add(0, month - Math.floorMod(month, width));
    }

    @SqlFunction(
            value = "timestampadd(text, bigint, timestamp) -> timestamp",
            category = TIME,
            description =
                    "The timestamp so many units later; in units of months the day is cut to the length of the month.",
            example = "timestampadd('month', 1, TIMESTAMP '2024-01-31 10:00:00')",
            result = "2024-02-29 10:00:00")
    @SqlFunction(
            value = "timestampadd(text, bigint, timestamptz) -> timestamptz",
            category = TIME,
            description =
                    "The timestamp so many units later; in units of months the day is cut to the length of the month.")
    public static long timestampAdd(@Prepared TimeUnit unit, long count, long timestamp) {
        return unit.add(timestamp, count);
    }

    @SqlFunction(
            value = "timestampdiff(text, timestamp, timestamp) -> bigint",
            aliases = {"date_diff"},
            category = TIME,
            description = "How many whole units there are from the first timestamp to the second.",
            example = "timestampdiff('hour', TIMESTAMP '2024-01-01 00:30:00', TIMESTAMP '2024-01-01 05:00:00')",
            result = "4")
    @SqlFunction(
            value = "timestampdiff(text, timestamptz, timestamptz) -> bigint",
            aliases = {"date_diff"},
            category = TIME,
            description = "How many whole units there are from the first timestamp to the second.")
    public static long timestampDiff(@Prepared TimeUnit unit, long start, long end) {
        return unit.between(start, end);
    }

    @SqlFunction(
            value = "age(timestamp, timestamp) -> interval",
            category = TIME,
            description = "The first timestamp less the second, in days and smaller units.",
            example = "age(TIMESTAMP '2024-03-01 12:00:00', TIMESTAMP '2024-02-28 00:00:00')",
            result = "2 days 12:00:00")
    @SqlFunction(
            value = "age(timestamptz, timestamptz) -> interval",
            category = TIME,
            description = "The first timestamp less the second, in days and smaller units.")
    public static long age(long later, long earlier) {
        try {
            return Math.subtractExact(later, earlier);
        } catch (ArithmeticException e) {
            throw Refusals.overflow("age", "INTERVAL");
        }
    }

    @SqlFunction(
            value = "age(timestamp) -> interval",
            volatility = Volatility.STABLE,
            category = TIME,
            description = "Midnight of the current day less the timestamp.",
            example = "age(TIMESTAMP '2020-01-01 00:00:00') > INTERVAL '1 day'",
            result = "true")
    @SqlFunction(
            value = "age(timestamptz) -> interval",
            volatility = Volatility.STABLE,
            category = TIME,
            description = "Midnight of the current day less the timestamp.")
    public static long age(EvaluationContext context, long timestamp) {
        return age(TimeUnit.DAY.floor(context.now()), timestamp);
    }

    @SqlFunction(
            value = "last_day(date) -> date",
            category = TIME,
            description = "The last day of the date's month.",
            example = "last_day(DATE '2024-02-10')",
            result = "2024-02-29")
    public static int lastDay(int date) {
        long civil = Calendar.civil(date);
        int days = Calendar.daysInMonth(Calendar.year(civil), Calendar.month(civil));
        return date + days - Calendar.dayOfMonth(civil);
    }

    @SqlFunction(
            value = "convert_timezone(text, timestamp) -> timestamp",
            category = TIME,
            description = "The local time in a zone at this time in UTC.",
            example = "convert_timezone('America/New_York', TIMESTAMP '2024-07-01 12:00:00')",
            result = "2024-07-01 08:00:00")
    @SqlFunction(
            value = "convert_timezone(text, timestamptz) -> timestamp",
            category = TIME,
            description = "The local time in a zone at this time in UTC.")
    public static long convertTimezone(@Prepared Zone to, long timestamp) {
        return to.local(timestamp);
    }

    @SqlFunction(
            value = "convert_timezone(text, text, timestamp) -> timestamp",
            category = TIME,
            description = "The local time in the second zone at this local time in the first.",
            example = "convert_timezone('America/New_York', 'Europe/Zurich', TIMESTAMP '2024-07-01 12:00:00')",
            result = "2024-07-01 18:00:00")
    public static long convertTimezone(@Prepared Zone from, @Prepared Zone to, long timestamp) {
        return to.local(from.utc(timestamp));
    }

    @SqlFunction(
            value = "timezone(text, timestamptz) -> timestamp",
            category = TIME,
            description = "The local time in a zone: what AT TIME ZONE means.",
            example = "timezone('Asia/Tokyo', to_timestamptz('2024-07-01 12:00:00Z'))",
            result = "2024-07-01 21:00:00")
    public static long toLocal(@Prepared Zone zone, long timestamp) {
        return zone.local(timestamp);
    }

    @SqlFunction(
            value = "timezone(text, timestamp) -> timestamptz",
            category = TIME,
            description = "The instant of a local time in a zone: what AT TIME ZONE means.",
            example = "timezone('Asia/Tokyo', TIMESTAMP '2024-07-01 12:00:00')",
            result = "2024-07-01 03:00:00+00")
    public static long toInstant(@Prepared Zone zone, long local) {
        return zone.utc(local);
    }
}
