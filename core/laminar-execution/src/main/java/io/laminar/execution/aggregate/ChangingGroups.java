package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.type.DataType;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Groups whose results are emitted while rows still come: as changes against what was emitted before. */
public final class ChangingGroups {
    private final Groups groups;
    private final int keyColumns;
    private final boolean retracts;
    private final ChangeWriter writer;
    private final PendingChanges pending = new PendingChanges();
    /** Groups live as long as what they are part of. */
    private final GroupExpiry noExpiry = new GroupExpiry(0);

    /** @param retracts whether groups may lose all their rows */
    public ChangingGroups(Groups groups, List<DataType> keyTypes, List<AggregateCall> calls, boolean retracts) {
        this.groups = groups;
        this.keyColumns = keyTypes.size();
        this.retracts = retracts;
        this.writer = new ChangeWriter(keyTypes, calls);
    }

    public Groups groups() {
        return groups;
    }

    /** Applies rows to the groups of their keys, which are loaded. */
    public void apply(Batch batch, KeyRows keys, int[] rows, int count) {
        int[] ids = groups.find(keys, rows, count);
        pending.reserve(groups.keys().limit());
        pending.touch(ids, count, groups.states());
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

    /** The state by key group; it must not change until it has been written. */
    public Saved save(int maxParallelism) {
        AggregateSnapshot snapshot = new AggregateSnapshot(groups, pending, noExpiry, maxParallelism, false);
        return new Saved() {
            @Override
            public boolean has(int keyGroup) {
                return snapshot.has(keyGroup);
            }

            @Override
            public void write(int keyGroup, DataOutput out) throws IOException {
                snapshot.write(keyGroup, out);
            }
        };
    }

    /** Adds what {@link Saved#write} wrote. */
    public void restore(DataInput in, KeyRows keys) throws IOException {
        AggregateSnapshot.read(in, groups, keys, keyColumns, pending, noExpiry, false);
    }

    /** Groups with what was emitted of them. */
    public interface Saved {
        boolean has(int keyGroup);

        void write(int keyGroup, DataOutput out) throws IOException;
    }

    /** Heap that this takes, nearly. */
    public long bytes() {
        return groups.bytes() + pending.bytes();
    }
}
