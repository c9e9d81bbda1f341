package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.Calendar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A unit that timestamps are cut to or counted in. */
public enum TimeUnit {
    MICROSECOND(1, 0, "frac_second", "us"),
    MILLISECOND(1000, 0, "ms"),
    SECOND(Calendar.MICROS_PER_SECOND, 0, "s", "sec", "sql_tsi_second"),
    MINUTE(Calendar.MICROS_PER_MINUTE, 0, "m", "min", "sql_tsi_minute"),
    HOUR(Calendar.MICROS_PER_HOUR, 0, "h", "hr", "sql_tsi_hour"),
    DAY(Calendar.MICROS_PER_DAY, 0, "d", "sql_tsi_day"),
    WEEK(7 * Calendar.MICROS_PER_DAY, 0, "w", "sql_tsi_week"),
    MONTH(0, 1, "mon", "sql_tsi_month"),
    QUARTER(0, 3, "q", "qtr", "sql_tsi_quarter"),
    YEAR(0, 12, "y", "yr", "sql_tsi_year"),
    DECADE(0, 120, "dec"),
    CENTURY(0, 1200, "cent"),
    MILLENNIUM(0, 12_000, "mil");

    /** 1970-01-05 was a Monday. */
    private static final long FIRST_MONDAY = 4 * Calendar.MICROS_PER_DAY;

    private final long micros;
    private final int months;
    private final List<String> others;

    TimeUnit(long micros, int months, String... others) {
        this.micros = micros;
        this.months = months;
        this.others = List.of(others);
    }

    /** Finds a unit by name, singular or plural, in any letter case. */
    public static TimeUnit prepare(Slice name) {
        String wanted = name.toString().strip().toLowerCase(Locale.ROOT);
        String singular =
                wanted.length() > 2 && wanted.endsWith("s") ? wanted.substring(0, wanted.length() - 1) : wanted;
        for (TimeUnit unit : values()) {
            if (unit.word().equals(singular) || unit.others.contains(singular)) {
                return unit;
            }
        }
        if (wanted.equals("centuries") || wanted.equals("millennia")) {
            return wanted.equals("centuries") ? CENTURY : MILLENNIUM;
        }
        throw Refusals.unknown(
                "date_trunc",
                "unit",
                wanted,
                Arrays.stream(values()).map(TimeUnit::word).toList());
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The start of the unit a timestamp lies in. */
    long floor(long timestamp) {
        if (months == 0) {
            return this == WEEK
                    ? timestamp - Math.floorMod(timestamp - FIRST_MONDAY, micros)
                    : timestamp - Math.floorMod(timestamp, micros);
        }
        long civil = Calendar.civil(Calendar.dayOf(timestamp));
        int year = Calendar.year(civil);
        int month = Calendar.month(civil);
        return switch (this) {
            case MONTH -> start(year, month);
            case QUARTER -> start(year, month - (month - 1) % 3);
            case YEAR -> start(year, 1);
            case DECADE -> start(year - Math.floorMod(year, 10), 1);
            // Centuries and millennia start with the year 1.
            default -> start(year - Math.floorMod(year - 1, months / 12), 1);
        };
    }

    private static long start(int year, int month) {
        return Calendar.day(year, month, 1) * Calendar.MICROS_PER_DAY;
    }

    /** The timestamp so many units later. */
    long add(long timestamp, long count) {
        try {
            if (months == 0) {
                return Math.addExact(timestamp, Math.multiplyExact(count, micros));
            }
            return addMonths(timestamp, Math.multiplyExact(count, months));
        } catch (ArithmeticException e) {
            throw Refusals.overflow("timestampadd", "TIMESTAMP");
        }
    }

    private static long addMonths(long timestamp, long count) {
        long day = Calendar.addMonths(Calendar.dayOf(timestamp), count);
        return Math.addExact(Math.multiplyExact(day, Calendar.MICROS_PER_DAY), Calendar.timeOf(timestamp));
    }

    /** How many whole units lie between two timestamps; negative if the end is before the start. */
    long between(long start, long end) {
        if (months == 0) {
            try {
                return Math.subtractExact(end, start) / micros;
            } catch (ArithmeticException e) {
                throw Refusals.overflow("timestampdiff", "BIGINT");
            }
        }
        return start <= end ? wholeMonths(start, end) / months : -(wholeMonths(end, start) / months);
    }

    private static long wholeMonths(long earlier, long later) {
        long from = Calendar.civil(Calendar.dayOf(earlier));
        long to = Calendar.civil(Calendar.dayOf(later));
        long count = (Calendar.year(to) - Calendar.year(from)) * 12L + Calendar.month(to) - Calendar.month(from);
        int days = Calendar.dayOfMonth(to) - Calendar.dayOfMonth(from);
        boolean incomplete = days < 0 || (days == 0 && Calendar.timeOf(later) < Calendar.timeOf(earlier));
        return incomplete ? count - 1 : count;
    }
}
