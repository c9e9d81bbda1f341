package io.laminar.execution.snapshot;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots of one subtask that may be built on. Written ones are added by background threads, everything else is
 * called by the operator's thread.
 *
 * @param <T> what is known of a snapshot beside its index
 */
public final class StateChain<T> {
    /** A snapshot and what is known of it. */
    public record Link<T>(StateIndex index, T known) {}

    private static final int KEPT_SNAPSHOTS = 2;

    private final Map<Long, Link<T>> written = new ConcurrentSkipListMap<>();

    /** Snapshots since then that stand alone. */
    private final Set<Long> alone = new HashSet<>();

    private @Nullable Link<T> completed;

    /** A snapshot that cannot be built on begins. It counts among those that are kept, too. */
    public void alone(long snapshot) {
        alone.add(snapshot);
    }

    public void written(StateIndex index, T known) {
        written.put(index.snapshot(), new Link<>(index, known));
    }

    /**
     * The snapshot to build on: the last that is complete; null if none is. Two completed snapshots are kept, so if two
     * later ones are of unknown fate or stand alone, files of the last known one may be gone.
     */
    public @Nullable Link<T> base() {
        return written.size() + alone.size() < KEPT_SNAPSHOTS ? completed : null;
    }

    /** Whether a snapshot is the last complete one. */
    public boolean isCompleted(long snapshot) {
        return completed != null && completed.index().snapshot() == snapshot;
    }

    /** Learns that a snapshot is complete; one that cannot be built on, or of which nothing is known, changes nothing. */
    public void completed(long snapshot) {
        Link<T> link = written.remove(snapshot);
        if (link != null) {
            completed = link;
            written.keySet().removeIf(other -> other < snapshot);
            alone.removeIf(other -> other < snapshot);
        }
    }

    public void aborted(long snapshot) {
        written.remove(snapshot);
        alone.remove(snapshot);
    }
}
