package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.batch.Slice;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.Test;

/** Dates and times against java.time, for random timestamps from year 1 to 9999. */
class TimeOracleTest {
    private static final long SEED = 1_970_01_01;
    private static final int ROUNDS = 3_000;

    private final Random random = new Random(SEED);

    private LocalDateTime time() {
        long day = LocalDateTime.of(1, 1, 1, 0, 0).toLocalDate().toEpochDay();
        long last = LocalDateTime.of(9999, 12, 31, 0, 0).toLocalDate().toEpochDay();
        // Half of them near today, where offsets of zones change.
        long chosen = random.nextBoolean() ? random.nextLong(day, last + 1) : random.nextLong(0, 25_000);
        return LocalDateTime.ofEpochSecond(
                chosen * 86_400 + random.nextInt(86_400), random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
    }

    private static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    @Test
    void fields() {
        for (int i = 0; i < ROUNDS; i++) {
            LocalDateTime time = time();
            field("year", time, LocalDateTime::getYear);
            field("quarter", time, t -> t.get(IsoFields.QUARTER_OF_YEAR));
            field("month", time, LocalDateTime::getMonthValue);
            field("week", time, t -> t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            field("isoyear", time, t -> t.get(IsoFields.WEEK_BASED_YEAR));
            field("day", time, LocalDateTime::getDayOfMonth);
            field("doy", time, LocalDateTime::getDayOfYear);
            field("isodow", time, t -> t.getDayOfWeek().getValue());
            field("dow", time, t -> t.getDayOfWeek().getValue() % 7);
            field("hour", time, LocalDateTime::getHour);
            field("minute", time, LocalDateTime::getMinute);
            field("second", time, LocalDateTime::getSecond);
            field("milliseconds", time, t -> t.getSecond() * 1000L + t.get(ChronoField.MILLI_OF_SECOND));
            field("us", time, t -> t.getSecond() * 1_000_000L + t.get(ChronoField.MICRO_OF_SECOND));
            field("epoch", time, t -> t.toEpochSecond(ZoneOffset.UTC));
            field("decade", time, t -> t.getYear() / 10);
            field("century", time, t -> (t.getYear() + 99) / 100);
            field("millennium", time, t -> (t.getYear() + 999) / 1000);
        }
    }

    private void field(String name, LocalDateTime time, ToLongFunction<LocalDateTime> expected) {
        TimeField field = TimeField.prepare(Slice.of(name));
        assertEquals(expected.applyAsLong(time), field.of(micros(time)), () -> name + " of " + time + ", seed " + SEED);
    }

    @Test
    void units() {
        for (int i = 0; i < ROUNDS; i++) {
            LocalDateTime time = time();
            LocalDateTime midnight = time.truncatedTo(ChronoUnit.DAYS);
            cut("hour", time, time.truncatedTo(ChronoUnit.HOURS));
            cut("milliseconds", time, time.truncatedTo(ChronoUnit.MILLIS));
            cut("day", time, midnight);
            cut("week", time, midnight.with(ChronoField.DAY_OF_WEEK, 1));
            cut("month", time, midnight.withDayOfMonth(1));
            cut("quarter", time, midnight.withDayOfMonth(1).withMonth((time.getMonthValue() - 1) / 3 * 3 + 1));
            cut("year", time, midnight.withDayOfYear(1));
            cut("decade", time, midnight.withDayOfYear(1).withYear(time.getYear() / 10 * 10));
            cut("century", time, midnight.withDayOfYear(1).withYear((time.getYear() - 1) / 100 * 100 + 1));
        }
    }

    private static void cut(String unit, LocalDateTime time, LocalDateTime expected) {
        long actual = TimeUnit.prepare(Slice.of(unit)).floor(micros(time));
        assertEquals(micros(expected), actual, () -> unit + " of " + time + ", seed " + SEED);
    }

    @Test
    void addingAndCounting() {
        ChronoUnit[] units = {
            ChronoUnit.MILLIS,
            ChronoUnit.SECONDS,
            ChronoUnit.HOURS,
            ChronoUnit.DAYS,
            ChronoUnit.WEEKS,
            ChronoUnit.MONTHS,
            ChronoUnit.YEARS,
            ChronoUnit.DECADES
        };
        String[] names = {"ms", "SECONDS", "SQL_TSI_HOUR", "days", "week", "month", "year", "decade"};
        for (int i = 0; i < ROUNDS; i++) {
            LocalDateTime time = time();
            LocalDateTime other = time();
            int count = random.nextInt(400) - 200;
            for (int u = 0; u < units.length; u++) {
                TimeUnit unit = TimeUnit.prepare(Slice.of(names[u]));
                String what = names[u] + ": " + time + ", " + other + ", " + count + ", seed " + SEED;
                assertEquals(micros(time.plus(count, units[u])), unit.add(micros(time), count), what);
                assertEquals(units[u].between(time, other), wholeUnits(unit, units[u], time, other), what);
            }
        }
    }

    /** java.time counts months by whole days and times, as Laminar does, but towards the start when it goes back. */
    private static long wholeUnits(TimeUnit unit, ChronoUnit chrono, LocalDateTime start, LocalDateTime end) {
        return unit.between(micros(start), micros(end));
    }

    @Test
    void patternsWriteAsInJava() {
        String[] patterns = {
            "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.SSS", "dd/MM/yy", "d.M.yyyy H:m:s", "EEEE, dd MMMM yyyy",
            "EEE MMM dd hh:mm:ss a yyyy", "yyyyMMdd", "DDD", "yyyy-MM-dd HH:mm:ss.SSSSSS", "''yyyy'' 'o''clock'"
        };
        for (int i = 0; i < ROUNDS; i++) {
            LocalDateTime time = time();
            for (String pattern : patterns) {
                String expected = time.format(DateTimeFormatter.ofPattern(pattern, Locale.US));
                assertEquals(expected, written(pattern, time), () -> pattern + " of " + time + ", seed " + SEED);
            }
        }
    }

    private static String written(String pattern, LocalDateTime time) {
        Slice out = new Slice();
        TimePattern.prepare(Slice.of(pattern)).format(micros(time), out);
        return out.toString();
    }

    @Test
    void whatAPatternWritesItReads() {
        String[] patterns = {
            "%Y-%m-%d %H:%M:%S.%f", "%d %B %Y %I:%M:%S.%6f %p", "%a %b %e %H:%M:%S %Y.%f", "%Y%m%d%H%M%S%f",
                    "%j/%Y %T.%f",
            "yyyy-MM-dd HH:mm:ss.SSSSSS", "dd-MMM-yyyy hh:mm:ss.SSSSSS a", "YYYY-MM-DD HH24:MI:SS.US", "%FT%T.%fZ",
                    "%FT%T.%f%z"
        };
        for (int i = 0; i < ROUNDS; i++) {
            LocalDateTime time = time();
            for (String pattern : patterns) {
                byte[] text = Slice.of(written(pattern, time)).base();
                long read = TimePattern.prepare(Slice.of(pattern)).parse(text, 0, text.length);
                assertEquals(micros(time), read, () -> pattern + " of " + time + ", seed " + SEED);
            }
        }
    }

    @Test
    void zones() {
        for (String name : new String[] {"America/New_York", "Europe/Zurich", "Australia/Lord_Howe", "UTC", "+05:45"}) {
            Zone zone = Zone.prepare(Slice.of(name));
            ZoneId id = ZoneId.of(name);
            for (int i = 0; i < ROUNDS; i++) {
                LocalDateTime time = time();
                LocalDateTime local =
                        time.atOffset(ZoneOffset.UTC).atZoneSameInstant(id).toLocalDateTime();
                assertEquals(micros(local), zone.local(micros(time)), () -> name + " at " + time + ", seed " + SEED);
                long utc = time.atZone(id).withZoneSameInstant(ZoneOffset.UTC).toEpochSecond();
                boolean exists = id.getRules().getValidOffsets(time).size() > 0;
                if (exists) {
                    assertEquals(
                            utc,
                            Math.floorDiv(zone.utc(micros(time)), 1_000_000L),
                            () -> name + " of " + time + ", seed " + SEED);
                }
            }
        }
    }
}
