package io.laminar.execution.store;

import io.laminar.execution.operator.OperatorContext;
import java.util.Arrays;

/**
 * When rows came, by the machine's clock, in units of a 256th of the time to live (at least a second): coarse, so that an
 * int per row suffices. Rows live a little longer rather than shorter.
 */
public final class RowAges {
    private static final long SECOND = 1_000_000;

    private final long ttl;
    private final long unit;
    private final RowInts stamps = new RowInts();
    private boolean scheduled;
    private long dueAt;

    /** @param ttl microseconds; 0 for ever */
    public RowAges(long ttl) {
        this.ttl = ttl;
        this.unit = Math.max(SECOND, ttl / 256);
    }

    /** Whether rows are forgotten at all; otherwise nothing is kept, and nothing need be called. */
    public boolean isActive() {
        return ttl > 0;
    }

    /** Makes room for rows with ids below a limit. */
    public void reserve(int limit) {
        if (isActive()) {
            stamps.reserve(limit);
        }
    }

    /** Notes that rows have come just now. */
    public void touch(int[] ids, int count, long now) {
        if (isActive()) {
            int stamp = (int) (now / unit);
            for (int i = 0; i < count; i++) {
                stamps.set(ids[i], stamp);
            }
        }
    }

    /** What to keep of a row in a snapshot. */
    public int stamp(int id) {
        return isActive() ? stamps.get(id) : 0;
    }

    public void restore(int id, int stamp) {
        if (isActive()) {
            stamps.set(id, stamp);
        }
    }

    /** Asks to be woken for the next search, unless that has been done. */
    public void schedule(OperatorContext context) {
        if (isActive() && !scheduled) {
            scheduled = true;
            dueAt = context.now() + Math.max(SECOND, ttl / 8);
            context.wakeAt(dueAt);
        }
    }

    /** The rows of a store that have lived too long, if it is time to look for them. */
    public int[] expired(RowStore rows, long now, OperatorContext context) {
        if (!scheduled || now < dueAt) {
            return new int[0];
        }
        scheduled = false;
        int stamp = (int) (now / unit);
        // The difference holds even when stamps wrap around.
        int[] expired = Arrays.stream(rows.ids())
                .filter(id -> (long) (stamp - stamps.get(id)) * unit > ttl)
                .toArray();
        if (expired.length < rows.size()) {
            schedule(context);
        }
        return expired;
    }

    /** Heap that the ages take, nearly. */
    public long bytes() {
        return stamps.bytes();
    }
}
