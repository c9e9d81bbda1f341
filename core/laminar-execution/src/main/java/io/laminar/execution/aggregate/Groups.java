package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.state.RowTracker;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A table of keys with the states of their groups. The ids of the keys are the groups. */
public final class Groups {
    private final KeyTable keys;
    private final GroupStates states;
    private int[] ids = new int[0];
    private @Nullable RowTracker tracker;

    public Groups(KeyTable keys, Supplier<GroupStates> states) {
        this.keys = keys;
        this.states = states.get();
    }

    public KeyTable keys() {
        return keys;
    }

    public GroupStates states() {
        return states;
    }

    /** Says who follows which groups change; null if nobody does any more. */
    public void track(@Nullable RowTracker by) {
        tracker = by;
    }

    /** Who follows which groups change; null if nobody does. */
    public @Nullable RowTracker tracker() {
        return tracker;
    }

    /**
     * Finds the groups of rows and makes them where there are none.
     *
     * @return the group of {@code rows[i]} at position {@code i}; valid until the next call
     */
    public int[] find(KeyRows batchKeys, int[] rows, int count) {
        if (ids.length < count) {
            ids = new int[Math.max(count, Batch.TARGET_ROWS)];
        }
        keys.lookup(batchKeys, rows, count, ids);
        states.reserve(keys.limit());
        if (tracker != null) {
            tracker.reserve(keys.limit());
        }
        return ids;
    }

    /** Applies rows to the groups of their keys. */
    public void apply(Batch batch, KeyRows batchKeys, int[] rows, int count) {
        int[] groups = find(batchKeys, rows, count);
        touch(groups, count);
        states.apply(batch, rows, groups, count);
    }

    /** Says that groups are about to change; {@link #apply}, {@link #remove} and {@link #load} do so themselves. */
    void touch(int[] groups, int count) {
        if (tracker != null) {
            tracker.touch(groups, count);
        }
    }

    /** Keys and {@link GroupStates#states states} of groups as one batch, to be kept. */
    public Batch save(int[] groups, int count) {
        List<Column> columns = new ArrayList<>();
        Collections.addAll(columns, keys.columns(groups, count));
        columns.addAll(states.states(groups, count));
        return new Batch(count, columns.toArray(new Column[0]), new long[count], null);
    }

    /** Adds what {@link #save} returned, whose keys are loaded in {@code batchKeys}; returns the groups. */
    public int[] load(Batch saved, KeyRows batchKeys, int keyColumns) {
        int[] rows = Rows.first(saved.size());
        int[] groups = find(batchKeys, rows, saved.size());
        touch(groups, saved.size());
        states.mergeStates(saved, keyColumns, rows, groups, saved.size());
        return groups;
    }

    /** Makes room for so many more groups at once: growing step by step, large arrays are copied many times. */
    public void expect(int more) {
        keys.expect(more);
        states.reserve(keys.limit() + more);
        if (tracker != null) {
            tracker.reserve(keys.limit() + more);
        }
    }

    public void remove(int[] groups, int count) {
        if (tracker != null) {
            tracker.remove(groups, count);
        }
        states.clear(groups, count);
        int limit = keys.limit();
        keys.remove(groups, count);
        if (keys.limit() == 0) {
            states.clearAll(limit);
        }
    }

    public void clear() {
        states.clearAll(keys.limit());
        keys.clear();
    }

    /** Heap that keys and states take, nearly. */
    public long bytes() {
        return keys.bytes() + states.bytes();
    }
}
