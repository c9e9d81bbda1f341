package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * When groups last changed, in units of a 256th of the time to live (at least a second): coarse, so that an int per
 * group suffices. Groups live a little longer rather than shorter.
 */
public final class GroupExpiry {
    private static final long SECOND = 1_000_000;

    private final long ttl;
    private final long unit;
    private int[] stamps = new int[0];
    private boolean scheduled;
    private long dueAt;

    /** @param ttl microseconds; 0 for ever */
    public GroupExpiry(long ttl) {
        this.ttl = ttl;
        this.unit = Math.max(SECOND, ttl / 256);
    }

    public boolean isActive() {
        return ttl > 0;
    }

    public void reserve(int groups) {
        if (isActive() && stamps.length < groups) {
            stamps = Arrays.copyOf(stamps, Capacity.grown(groups));
        }
    }

    public void touch(int[] groups, int count, long now) {
        int stamp = (int) (now / unit);
        for (int i = 0; i < count; i++) {
            stamps[groups[i]] = stamp;
        }
    }

    public int stamp(int group) {
        return isActive() ? stamps[group] : 0;
    }

    /** When groups last changed. */
    public IntColumn stamps(int[] groups, int count) {
        int[] values = new int[count];
        for (int i = 0; i < count; i++) {
            values[i] = stamp(groups[i]);
        }
        return new IntColumn(values, null, count);
    }

    /** A row of each group, with a column behind the others that says when the group last changed. */
    public Batch stamped(Batch rows, int[] groups) {
        Column[] columns = Arrays.copyOf(rows.columns(), rows.width() + 1);
        columns[rows.width()] = stamps(groups, rows.size());
        return rows.withColumns(columns);
    }

    /** Takes over when groups last changed from the last column of their rows. */
    public void restore(Batch stamped, int[] groups) {
        if (isActive()) {
            IntColumn saved = (IntColumn) stamped.column(stamped.width() - 1);
            for (int i = 0; i < stamped.size(); i++) {
                stamps[groups[i]] = saved.value(i);
            }
        }
    }

    public void restore(int group, int stamp) {
        if (isActive()) {
            stamps[group] = stamp;
        }
    }

    /** Asks to be woken for the next search, unless that has been done. */
    public void schedule(long now, OperatorContext context) {
        if (!scheduled) {
            scheduled = true;
            dueAt = now + Math.max(SECOND, ttl / 8);
            context.wakeAt(dueAt);
        }
    }

    /** Groups that have lived too long and have nothing to emit, if it is time to look for them. */
    public int[] expired(KeyTable keys, IntPredicate pending, long now, OperatorContext context) {
        if (!scheduled || now < dueAt) {
            return new int[0];
        }
        scheduled = false;
        int stamp = (int) (now / unit);
        // The difference holds even when stamps wrap around.
        int[] expired = Arrays.stream(keys.ids())
                .filter(group -> !pending.test(group) && (long) (stamp - stamps[group]) * unit > ttl)
                .toArray();
        if (expired.length < keys.size()) {
            schedule(now, context);
        }
        return expired;
    }

    /** Heap that this takes, nearly. */
    public long bytes() {
        return HeapSize.of(stamps);
    }
}
