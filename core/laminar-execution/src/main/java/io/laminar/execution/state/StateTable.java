package io.laminar.execution.state;

import io.laminar.execution.key.KeyHasher;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * One kind of rows that an operator keeps. They lie in one store or, if the operator opens and closes whole ones, in
 * several; a row is known by its store and its id there.
 */
public final class StateTable {
    private final StateTables tables;
    private final int number;
    private final int[] keyColumns;
    private final Consumer<Batch> restore;
    private final List<RowTracker> trackers = new ArrayList<>();
    private IntConsumer expect = rows -> {};

    StateTable(StateTables tables, int number, List<Integer> keyColumns, Consumer<Batch> restore) {
        this.tables = tables;
        this.number = number;
        this.keyColumns = keyColumns.stream().mapToInt(Integer::intValue).toArray();
        this.restore = restore;
    }

    public int number() {
        return number;
    }

    /** @param room makes room for so many more rows, about, before they are restored */
    public StateTable expecting(IntConsumer room) {
        expect = room;
        return this;
    }

    /** Adds a store of rows, empty or not. */
    public RowTracker open(StoredRows rows) {
        RowTracker tracker = new RowTracker(this, tables.nextStore(), rows);
        trackers.add(tracker);
        if (tables.isTracking()) {
            tracker.start(true);
        }
        return tracker;
    }

    /** Forgets a store that is about to go with all its rows. */
    public void close(RowTracker tracker) {
        while (tracker.isFrozen()) {
            tracker.copy(Batch.TARGET_ROWS);
        }
        trackers.remove(tracker);
    }

    List<RowTracker> trackers() {
        return trackers;
    }

    boolean isStoring() {
        return tables.isStoring();
    }

    void copied(int store, int[] ids, Batch rows) {
        tables.target().rows(this, store, ids, rows);
    }

    void gone(int store, int[] ids, int[] keyGroups) {
        tables.target().gone(this, store, ids, keyGroups);
    }

    int keyGroup(long hash) {
        return tables.keyGroup(hash);
    }

    /** The key group of each row of a copy. May be called by any thread. */
    public int[] keyGroups(Batch copy) {
        return tables.keyGroups(keys(copy), copy.size());
    }

    private Column[] keys(Batch copy) {
        Column[] keys = new Column[keyColumns.length];
        for (int c = 0; c < keys.length; c++) {
            keys[c] = copy.column(keyColumns[c]);
        }
        return keys;
    }

    /** Hashes the keys of copied rows. */
    public void hash(Batch copy, long[] hashes) {
        KeyHasher.hash(keys(copy), copy.size(), hashes);
    }

    /** All rows in all stores, at most. */
    public long rows() {
        return trackers.stream().mapToLong(tracker -> tracker.rows().limit()).sum();
    }

    /** Tells the operator how many rows come back, about. */
    public void expect(int rows) {
        expect.accept(rows);
    }

    /** Hands copied rows back to the operator. */
    public void restore(Batch rows) {
        restore.accept(rows);
    }
}
