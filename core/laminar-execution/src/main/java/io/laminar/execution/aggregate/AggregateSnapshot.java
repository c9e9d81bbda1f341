package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyGroups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/**
 * The state of an updating aggregation by key group: per group its key, states, when it changed and whether it has been
 * emitted; then, for groups with changes to emit, the results emitted before.
 */
final class AggregateSnapshot {
    private final Groups groups;
    private final PendingChanges pending;
    private final GroupExpiry expiry;
    private final int maxParallelism;
    private final boolean isFinal;
    private final KeyGroupIndex index;

    AggregateSnapshot(Groups groups, PendingChanges pending, GroupExpiry expiry, int maxParallelism, boolean isFinal) {
        this.groups = groups;
        this.pending = pending;
        this.expiry = expiry;
        this.maxParallelism = maxParallelism;
        this.isFinal = isFinal;
        this.index = KeyGroupIndex.of(groups.keys(), maxParallelism);
    }

    boolean has(int keyGroup) {
        return index.count(keyGroup) > 0;
    }

    void write(int keyGroup, DataOutput out) throws IOException {
        int[] ids = index.ids(keyGroup);
        BatchCodec.write(groups.save(ids, ids.length), out);
        int[] stamps = new int[ids.length];
        boolean[] emitted = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            stamps[i] = expiry.stamp(ids[i]);
            emitted[i] = isFinal || pending.isEmitted(ids[i]);
        }
        BatchCodec.write(new IntColumn(stamps, null, ids.length), out);
        BatchCodec.write(new BooleanColumn(emitted, null, ids.length), out);
        List<Batch> before = pending.before().stream()
                .map(b -> before(b, keyGroup))
                .filter(b -> b.size() > 0)
                .toList();
        out.writeInt(before.size());
        for (Batch batch : before) {
            BatchCodec.write(batch, out);
        }
    }

    /** Keys and results emitted before, of those groups that are in a key group. */
    private Batch before(PendingChanges.Before before, int keyGroup) {
        int[] ids = before.groups();
        int[] rows = new int[ids.length];
        int count = 0;
        for (int i = 0; i < ids.length; i++) {
            rows[count] = i;
            count += KeyGroups.keyGroup(groups.keys().hash(ids[i]), maxParallelism) == keyGroup ? 1 : 0;
        }
        Column[] columns = AggregateOperator.columns(groups.keys().columns(ids, ids.length), before.results());
        return new Batch(ids.length, columns, new long[ids.length], null).gather(rows, count);
    }

    /** Reads what was written for one key group. */
    static void read(
            DataInput in,
            Groups groups,
            KeyRows keys,
            int keyColumns,
            PendingChanges pending,
            GroupExpiry expiry,
            boolean isFinal)
            throws IOException {
        Batch saved = BatchCodec.read(in);
        keys.load(Arrays.copyOf(saved.columns(), keyColumns), saved.size());
        int[] ids = groups.load(saved, keys, keyColumns);
        expiry.reserve(groups.keys().limit());
        pending.reserve(groups.keys().limit());
        IntColumn stamps = (IntColumn) BatchCodec.readColumn(in);
        BooleanColumn emitted = (BooleanColumn) BatchCodec.readColumn(in);
        for (int i = 0; i < saved.size(); i++) {
            expiry.restore(ids[i], stamps.value(i));
            if (!isFinal) {
                pending.restore(ids[i], emitted.value(i));
            }
        }
        int batches = in.readInt();
        for (int b = 0; b < batches; b++) {
            Batch before = BatchCodec.read(in);
            keys.load(Arrays.copyOf(before.columns(), keyColumns), before.size());
            int[] found = Arrays.copyOf(groups.find(keys, Rows.first(before.size()), before.size()), before.size());
            pending.restore(found, List.of(Arrays.copyOfRange(before.columns(), keyColumns, before.width())));
        }
    }
}
