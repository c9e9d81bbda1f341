package io.laminar.execution.aggregate;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The groups whose results may have changed since they were last emitted, with the results emitted then. */
final class PendingChanges {

    /** Groups that were emitted before, and what was emitted. */
    record Before(int[] groups, List<Column> results) {}

    private boolean[] pending = new boolean[0];
    private boolean[] emitted = new boolean[0];
    private final List<Before> before = new ArrayList<>();
    private long beforeBytes;
    private int[] added = new int[0];
    private int addedCount;
    private int[] touched = new int[Batch.TARGET_ROWS];

    void reserve(int groups) {
        if (pending.length < groups) {
            int capacity = Capacity.grown(groups);
            pending = Arrays.copyOf(pending, capacity);
            emitted = Arrays.copyOf(emitted, capacity);
        }
    }

    /** Remembers groups before they change. */
    void touch(int[] groups, int count, GroupStates states) {
        if (touched.length < count) {
            touched = new int[count];
        }
        int known = 0;
        for (int i = 0; i < count; i++) {
            int group = groups[i];
            if (!pending[group]) {
                pending[group] = true;
                if (emitted[group]) {
                    touched[known++] = group;
                } else {
                    add(group);
                }
            }
        }
        if (known > 0) {
            int[] ids = Arrays.copyOf(touched, known);
            remember(new Before(ids, states.results(ids, known)));
        }
    }

    private void remember(Before results) {
        before.add(results);
        beforeBytes += HeapSize.of(results.groups()) + HeapSize.of(results.results());
    }

    private void add(int group) {
        if (addedCount == added.length) {
            added = Arrays.copyOf(added, Capacity.grown(addedCount + 1L));
        }
        added[addedCount++] = group;
    }

    /** Takes over a group that was saved: pending if it had not been emitted. */
    void restore(int group, boolean wasEmitted) {
        emitted[group] = wasEmitted;
        if (!wasEmitted) {
            pending[group] = true;
            add(group);
        }
    }

    /** Takes over saved results of groups. */
    void restore(int[] groups, List<Column> results) {
        for (int group : groups) {
            pending[group] = true;
        }
        remember(new Before(groups, results));
    }

    boolean isEmpty() {
        return addedCount == 0 && before.isEmpty();
    }

    List<Before> before() {
        return before;
    }

    /** Pending groups that have not been emitted yet. */
    int[] added() {
        return Arrays.copyOf(added, addedCount);
    }

    boolean isPending(int group) {
        return pending[group];
    }

    boolean isEmitted(int group) {
        return emitted[group];
    }

    /** Says whether a group is now among those emitted; it is not pending any more. */
    void settle(int group, boolean isEmitted) {
        pending[group] = false;
        emitted[group] = isEmitted;
    }

    /** Forgets what has been settled. */
    void clear() {
        before.clear();
        beforeBytes = 0;
        addedCount = 0;
        if (added.length > 1 << 16) {
            added = new int[0];
        }
    }

    /** Heap that this takes, nearly. */
    long bytes() {
        return HeapSize.of(pending) + HeapSize.of(emitted) + HeapSize.of(added) + beforeBytes;
    }
}
