package io.laminar.connector.generator.nexmark;

import java.io.Serializable;

/**
 * Event time of events by their number: evenly spaced.
 *
 * @param eventsPerSecond of event time
 */
public record NexmarkClock(double eventsPerSecond) implements Serializable {
    /** 2015-07-15 00:00 UTC, where the events of the reference generator begin too. */
    public static final long BASE = 1_436_918_400_000_000L;

    /** Spacing of events that are made as fast as possible. */
    private static final double DEFAULT_RATE = 10_000;

    /** @param rate events per second; 0: as fast as possible, which leaves event time at 10,000 per second */
    public static NexmarkClock ofRate(double rate) {
        return new NexmarkClock(rate <= 0 ? DEFAULT_RATE : rate);
    }

    public long timeOf(long event) {
        return BASE + (long) (event * 1e6 / eventsPerSecond);
    }

    long eventsIn(long micros) {
        return (long) Math.ceil(micros / 1e6 * eventsPerSecond);
    }
}
