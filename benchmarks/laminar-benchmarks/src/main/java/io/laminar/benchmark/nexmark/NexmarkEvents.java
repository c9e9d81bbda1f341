package io.laminar.benchmark.nexmark;

import io.laminar.connector.generator.nexmark.NexmarkClock;
import io.laminar.connector.generator.nexmark.NexmarkGenerator;
import io.laminar.connector.generator.nexmark.NexmarkSchema;
import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;

/**
 * Events made before anything is measured. Flink gets a prefix of what Laminar gets, because it needs longer for each:
 * both see the same events in the same order, and rates are compared.
 */
public final class NexmarkEvents {
    /** Event time moves at this many events per second, so that a 10 s window holds a million of them. */
    public static final double EVENTS_PER_SECOND = 100_000;

    private static final long SEED = 42;
    private static final int BLOCK = Batch.TARGET_ROWS;

    private NexmarkEvents() {}

    /** The first events as batches of all columns. */
    public static List<Batch> batches(long events) {
        return batches(events, EVENTS_PER_SECOND);
    }

    /** As {@link #batches(long)}, with another speed of event time. */
    public static List<Batch> batches(long events, double eventsPerSecond) {
        NexmarkGenerator generator = new NexmarkGenerator(NexmarkSchema.EVENT, SEED, new NexmarkClock(eventsPerSecond));
        List<Batch> batches = new ArrayList<>();
        for (long first = 0; first < events; first += BLOCK) {
            batches.add(generator.generate(first, (int) Math.min(BLOCK, events - first), 0, 0));
        }
        return batches;
    }
}
