package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/** Groups whose results are emitted while rows still come: as changes against what was emitted before. */
public final class ChangingGroups {
    private final Groups groups;
    private final int keyColumns;
    private final boolean retracts;
    private final ChangeWriter writer;
    private final PendingChanges pending = new PendingChanges();

    /**
     * @param retracts whether groups may lose all their rows
     * @param upserts whether -U is left out
     */
    public ChangingGroups(
            Groups groups, List<DataType> keyTypes, List<AggregateCall> calls, boolean retracts, boolean upserts) {
        this.groups = groups;
        this.keyColumns = keyTypes.size();
        this.retracts = retracts;
        this.writer = new ChangeWriter(keyTypes, calls, upserts);
    }

    public Groups groups() {
        return groups;
    }

    /** Applies rows to the groups of their keys, which are loaded. */
    public void apply(Batch batch, KeyRows keys, int[] rows, int count) {
        int[] ids = groups.find(keys, rows, count);
        pending.reserve(groups.keys().limit());
        pending.touch(ids, count, groups.states());
        groups.touch(ids, count);
        groups.states().apply(batch, rows, ids, count);
    }

    /** Emits what has changed: keys and results. */
    public void emitChanges(long rowtime, Output out) {
        if (pending.isEmpty()) {
            return;
        }
        for (PendingChanges.Before before : pending.before()) {
            writer.emitChanged(before, groups, this::isAlive, rowtime, out);
        }
        int[] added = pending.added();
        writer.emitInserts(groups, Arrays.stream(added).filter(this::isAlive).toArray(), rowtime, true, out);
        int[] dead = new int[0];
        dead = settle(added, dead);
        for (PendingChanges.Before before : pending.before()) {
            dead = settle(before.groups(), dead);
        }
        pending.clear();
        if (dead.length > 0) {
            groups.remove(dead, dead.length);
        }
    }

    private boolean isAlive(int group) {
        return !retracts || groups.states().rows(group) > 0;
    }

    /** Notes which groups are now among those emitted, and adds those without rows to a list. */
    private int[] settle(int[] changed, int[] dead) {
        int[] all = Arrays.copyOf(dead, dead.length + changed.length);
        int count = dead.length;
        for (int group : changed) {
            boolean alive = isAlive(group);
            pending.settle(group, alive);
            if (!alive) {
                all[count++] = group;
            }
        }
        return Arrays.copyOf(all, count);
    }

    /** Changes that wait: {@link #restoreAdded} and {@link #restoreBefore} take them back. */
    public HeldResults held() {
        return new HeldResults(groups, pending);
    }

    /** Adds groups that were saved, as if they had been emitted. */
    public void restore(Batch saved, KeyRows keys) {
        keys.load(Arrays.copyOf(saved.columns(), keyColumns), saved.size());
        int[] ids = groups.load(saved, keys, keyColumns);
        pending.reserve(groups.keys().limit());
        for (int i = 0; i < saved.size(); i++) {
            pending.restore(ids[i], true);
        }
    }

    /** Takes back which groups have never been emitted. */
    public void restoreAdded(Batch rows, KeyRows keys) {
        held().restoreAdded(rows, keys, keyColumns);
    }

    /** Takes back what was emitted of groups before they changed. */
    public void restoreBefore(Batch rows, KeyRows keys, int width) {
        held().restoreBefore(rows, keys, keyColumns, width);
    }

    /** Heap that this takes, nearly. */
    public long bytes() {
        return groups.bytes() + pending.bytes();
    }
}
