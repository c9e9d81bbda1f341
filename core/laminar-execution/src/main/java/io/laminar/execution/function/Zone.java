package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.text.Calendar;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/** A time zone. Remembers the offset around the last instant asked for, since instants come in order, mostly. */
public final class Zone {
    private final ZoneRules rules;
    private Span last = new Span(0, 0, 0);

    private Zone(ZoneRules rules) {
        this.rules = rules;
    }

    /** Between {@code from} and {@code to} (microseconds) the zone is {@code offset} microseconds east of UTC. */
    private record Span(long from, long to, long offset) {}

    /** A zone by its name in the tz database ({@code Europe/Zurich}) or its offset ({@code +02:00}). */
    public static Zone prepare(Slice name) {
        try {
            return new Zone(ZoneId.of(name.toString().strip(), ZoneId.SHORT_IDS).getRules());
        } catch (DateTimeException e) {
            throw Refusals.invalid(
                    "time zone",
                    "there is no time zone '" + name + "'",
                    "zones are named like Europe/Zurich, America/New_York, UTC or +02:00");
        }
    }

    /** The local time at an instant. */
    long local(long utc) {
        Span span = last;
        if (utc < span.from || utc >= span.to) {
            span = span(utc);
            last = span;
        }
        return utc + span.offset;
    }

    private Span span(long utc) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(utc, Calendar.MICROS_PER_SECOND));
        long offset = rules.getOffset(instant).getTotalSeconds() * Calendar.MICROS_PER_SECOND;
        ZoneOffsetTransition next = rules.nextTransition(instant);
        long to = next == null ? Long.MAX_VALUE : next.toEpochSecond() * Calendar.MICROS_PER_SECOND;
        long from = instant.getEpochSecond() * Calendar.MICROS_PER_SECOND;
        return new Span(from, to, offset);
    }

    /** The instant of a local time; of two, the earlier; in a gap, as if the clock had not been changed yet. */
    long utc(long local) {
        long second = Math.floorDiv(local, Calendar.MICROS_PER_SECOND);
        LocalDateTime time = LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC);
        return local - rules.getOffset(time).getTotalSeconds() * Calendar.MICROS_PER_SECOND;
    }
}
