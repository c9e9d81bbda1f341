package io.laminar.sql.parser;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A time span as people write it: {@code 1 hour 30 minutes}, {@code 10 s}, {@code -2 days}, {@code 1 day 02:30:00}.
 *
 * @param months the calendar part: years and quarters count as months
 * @param micros the exact part: weeks and days count as 24-hour days
 */
public record IntervalText(long months, long micros) {

    private static final long SECOND = 1_000_000;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private static final Map<String, BigDecimal> MICROS = new HashMap<>();
    private static final Map<String, Long> MONTHS = new HashMap<>();

    static {
        exact("0.001", "ns", "nanosecond", "nanoseconds");
        exact("1", "us", "usec", "usecs", "microsecond", "microseconds");
        exact("1000", "ms", "msec", "msecs", "milli", "millis", "millisecond", "milliseconds");
        exact("1000000", "s", "sec", "secs", "second", "seconds");
        exact("60000000", "m", "min", "mins", "minute", "minutes");
        exact("3600000000", "h", "hr", "hrs", "hour", "hours");
        exact("86400000000", "d", "day", "days");
        exact("604800000000", "w", "week", "weeks");
        calendar(1, "mon", "mons", "month", "months");
        calendar(3, "quarter", "quarters");
        calendar(12, "y", "yr", "yrs", "year", "years");
    }

    private static final Pattern AMOUNT =
            Pattern.compile("\\s*([+-]?\\s*\\d{1,18}(?:\\.\\d{1,9})?)\\s*([a-zA-Z]+)\\s*");
    private static final Pattern CLOCK =
            Pattern.compile("\\s*([+-]?)(\\d{1,6}):([0-5]?\\d)(?::([0-5]?\\d(?:\\.\\d{1,9})?))?\\s*");

    /** Units of exact literals, largest first. */
    private record Unit(TimeUnit unit, long micros) {}

    private static final List<Unit> UNITS =
            List.of(new Unit(TimeUnit.DAY, DAY), new Unit(TimeUnit.HOUR, HOUR), new Unit(TimeUnit.MINUTE, MINUTE));

    /** Reads a time span; empty when the text is none, names an unknown unit, or does not fit 64 bits. */
    public static Optional<IntervalText> parse(String text) {
        long months = 0;
        BigDecimal micros = BigDecimal.ZERO;
        int position = 0;
        try {
            do {
                Matcher amount = AMOUNT.matcher(text).region(position, text.length());
                Matcher clock = CLOCK.matcher(text).region(position, text.length());
                if (amount.lookingAt()) {
                    BigDecimal number = new BigDecimal(amount.group(1).replaceAll("\\s", ""));
                    String unit = amount.group(2).toLowerCase(Locale.ROOT);
                    if (MONTHS.containsKey(unit)) {
                        BigDecimal whole = number.multiply(BigDecimal.valueOf(MONTHS.get(unit)));
                        months = Math.addExact(months, whole.longValueExact());
                    } else if (MICROS.containsKey(unit)) {
                        micros = micros.add(number.multiply(MICROS.get(unit)));
                    } else {
                        return Optional.empty();
                    }
                    position = amount.end();
                } else if (clock.lookingAt()) {
                    micros = micros.add(clockMicros(clock));
                    position = clock.end();
                } else {
                    return Optional.empty();
                }
            } while (position < text.length());
            return Optional.of(new IntervalText(months, micros.longValueExact()));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static BigDecimal clockMicros(Matcher clock) {
        BigDecimal seconds = clock.group(4) == null ? BigDecimal.ZERO : new BigDecimal(clock.group(4));
        BigDecimal micros = seconds.multiply(BigDecimal.valueOf(SECOND))
                .add(BigDecimal.valueOf(Long.parseLong(clock.group(2)) * HOUR))
                .add(BigDecimal.valueOf(Long.parseLong(clock.group(3)) * MINUTE));
        return clock.group(1).equals("-") ? micros.negate() : micros;
    }

    /** Whether months stand beside days or less, which no SQL interval can hold. */
    public boolean mixesCalendarAndTime() {
        return months != 0 && micros != 0;
    }

    /**
     * The span as a literal of one unit, the largest that divides it: {@code 1 hour 30 minutes} becomes {@code INTERVAL
     * '90' MINUTE}.
     *
     * @throws IllegalStateException when the span {@linkplain #mixesCalendarAndTime mixes} months and time
     */
    public SqlIntervalLiteral toLiteral(SqlParserPos pos) {
        if (mixesCalendarAndTime()) {
            throw new IllegalStateException("an interval of months and time has no literal");
        }
        if (months != 0) {
            boolean wholeYears = months % 12 == 0;
            return literal(
                    BigDecimal.valueOf(wholeYears ? months / 12 : months),
                    wholeYears ? TimeUnit.YEAR : TimeUnit.MONTH,
                    pos);
        }
        for (Unit unit : UNITS) {
            if (micros != 0 && micros % unit.micros == 0) {
                return literal(BigDecimal.valueOf(micros / unit.micros), unit.unit, pos);
            }
        }
        return literal(BigDecimal.valueOf(micros, 6).stripTrailingZeros(), TimeUnit.SECOND, pos);
    }

    private static SqlIntervalLiteral literal(BigDecimal amount, TimeUnit unit, SqlParserPos pos) {
        SqlIntervalQualifier qualifier = new SqlIntervalQualifier(unit, null, pos);
        return literal(amount.signum() < 0 ? -1 : 1, amount.abs().toPlainString(), qualifier, pos);
    }

    /**
     * An interval literal whose qualifier has room for the literal's leading field: standard SQL has two digits there,
     * and people write {@code INTERVAL '100' SECOND}.
     */
    static SqlIntervalLiteral literal(int sign, String text, SqlIntervalQualifier qualifier, SqlParserPos pos) {
        int digits = 0;
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        while (start + digits < text.length() && Character.isDigit(text.charAt(start + digits))) {
            digits++;
        }
        boolean tooNarrow =
                digits > 2 && qualifier.getStartPrecisionPreservingDefault() == RelDataType.PRECISION_NOT_SPECIFIED;
        SqlIntervalQualifier roomy = tooNarrow
                ? new SqlIntervalQualifier(
                        qualifier.timeUnitRange.startUnit,
                        digits,
                        qualifier.timeUnitRange.endUnit,
                        qualifier.getFractionalSecondPrecisionPreservingDefault(),
                        qualifier.getParserPosition())
                : qualifier;
        return SqlLiteral.createInterval(sign, text, roomy, pos);
    }

    private static void exact(String micros, String... names) {
        for (String name : names) {
            MICROS.put(name, new BigDecimal(micros));
        }
    }

    private static void calendar(long months, String... names) {
        for (String name : names) {
            MONTHS.put(name, months);
        }
    }
}
