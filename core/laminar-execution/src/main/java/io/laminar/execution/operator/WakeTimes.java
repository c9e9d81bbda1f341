package io.laminar.execution.operator;

import java.util.TreeSet;

/** The times an operator has asked to be woken at. Requests for the same time are one. */
public final class WakeTimes {
    private final TreeSet<Long> times = new TreeSet<>();

    /** Whether this is now the next one. */
    public boolean add(long time) {
        return times.add(time) && times.first() == time;
    }

    /** The next one; {@link Long#MAX_VALUE} if there is none. */
    public long next() {
        return times.isEmpty() ? Long.MAX_VALUE : times.first();
    }

    /** Whether there are some up to a time; they are done with then. */
    public boolean take(long now) {
        var due = times.headSet(now, true);
        boolean any = !due.isEmpty();
        due.clear();
        return any;
    }
}
