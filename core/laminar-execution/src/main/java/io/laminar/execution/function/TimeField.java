package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.Calendar;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A part of a timestamp, as {@code extract} names it. */
public enum TimeField {
    MICROSECOND("microseconds", "us"),
    MILLISECOND("milliseconds", "ms"),
    SECOND("seconds", "s", "sec", "secs"),
    MINUTE("minutes", "m", "min", "mins"),
    HOUR("hours", "h", "hr", "hrs"),
    DAY("days", "d", "dayofmonth"),
    WEEK("weeks", "w", "isoweek"),
    MONTH("months", "mon", "mons"),
    QUARTER("quarters", "q", "qtr"),
    YEAR("years", "y", "yr", "yrs"),
    DECADE("decades", "dec"),
    CENTURY("centuries", "cent"),
    MILLENNIUM("millennia", "mil"),
    ISOYEAR("isoyears"),
    DOW("dayofweek"),
    ISODOW("isodayofweek"),
    DOY("dayofyear"),
    EPOCH();

    private final List<String> others;

    TimeField(String... others) {
        this.others = List.of(others);
    }

    /** Finds a field by name, in any letter case. */
    public static TimeField prepare(Slice name) {
        String wanted = name.toString().strip().toLowerCase(Locale.ROOT);
        for (TimeField field : values()) {
            if (field.word().equals(wanted) || field.others.contains(wanted)) {
                return field;
            }
        }
        throw Refusals.unknown(
                "extract",
                "field",
                wanted,
                Arrays.stream(values()).map(TimeField::word).toList());
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field of a timestamp as a whole number. */
    long of(long timestamp) {
        return switch (this) {
            case MICROSECOND -> Calendar.timeOf(timestamp) % Calendar.MICROS_PER_MINUTE;
            case MILLISECOND -> Calendar.timeOf(timestamp) % Calendar.MICROS_PER_MINUTE / 1000;
            case SECOND -> Calendar.timeOf(timestamp) / Calendar.MICROS_PER_SECOND % 60;
            case MINUTE -> Calendar.timeOf(timestamp) / Calendar.MICROS_PER_MINUTE % 60;
            case HOUR -> Calendar.timeOf(timestamp) / Calendar.MICROS_PER_HOUR;
            case EPOCH -> Math.floorDiv(timestamp, Calendar.MICROS_PER_SECOND);
            default -> ofDay(Calendar.dayOf(timestamp));
        };
    }

    /** The field with its fraction, where it has one. */
    double exactly(long timestamp) {
        return switch (this) {
            case MILLISECOND -> Calendar.timeOf(timestamp) % Calendar.MICROS_PER_MINUTE / 1e3;
            case SECOND -> Calendar.timeOf(timestamp) % Calendar.MICROS_PER_MINUTE / 1e6;
            case EPOCH -> timestamp / 1e6;
            default -> of(timestamp);
        };
    }

    private long ofDay(long day) {
        return switch (this) {
            case DOW -> Math.floorMod(day + 4, 7L);
            case ISODOW -> Weeks.isoDayOfWeek(day);
            case WEEK -> Weeks.isoWeek(day);
            case ISOYEAR -> Weeks.isoYear(day);
            default -> ofCivil(day, Calendar.civil(day));
        };
    }

    private long ofCivil(long day, long civil) {
        long year = Calendar.year(civil);
        return switch (this) {
            case DAY -> Calendar.dayOfMonth(civil);
            case MONTH -> Calendar.month(civil);
            case QUARTER -> (Calendar.month(civil) + 2) / 3;
            case YEAR -> year;
            case DECADE -> Math.floorDiv(year, 10L);
            case CENTURY -> yearsOf(year, 100);
            case MILLENNIUM -> yearsOf(year, 1000);
            case DOY -> day - Calendar.day((int) year, 1, 1) + 1;
            default -> throw new IllegalStateException(word());
        };
    }

    /** Centuries and millennia are counted from year 1; there is none with the number 0. */
    private static long yearsOf(long year, int years) {
        return year > 0 ? (year + years - 1) / years : -((years - year) / years);
    }
}
