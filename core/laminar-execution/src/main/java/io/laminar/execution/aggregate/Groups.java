package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/** A table of keys with the states of their groups. The ids of the keys are the groups. */
public final class Groups {
    private final KeyTable keys;
    private final GroupStates states;
    private int[] ids = new int[0];

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
        return ids;
    }

    /** Applies rows to the groups of their keys. */
    public void apply(Batch batch, KeyRows batchKeys, int[] rows, int count) {
        states.apply(batch, rows, find(batchKeys, rows, count), count);
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
        states.mergeStates(saved, keyColumns, rows, groups, saved.size());
        return groups;
    }

    public void remove(int[] groups, int count) {
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
