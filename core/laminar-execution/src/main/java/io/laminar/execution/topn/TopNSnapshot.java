package io.laminar.execution.topn;

import io.laminar.execution.aggregate.GroupExpiry;
import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.topn.RankedRows.Visible;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The state of a Top-N by key group: the rows of each partition in order, then those that have left it but are still
 * shown outside; for each row the position and rank it was emitted with, if its partition has changes to emit.
 */
final class TopNSnapshot {
    private static final int NOT_SHOWN = -1;

    private final RankedRows ranked;
    private final PendingPartitions pending;
    private final GroupExpiry expiry;
    private final KeyGroupIndex index;

    TopNSnapshot(
            KeyTable partitions, RankedRows ranked, PendingPartitions pending, GroupExpiry expiry, int maxParallelism) {
        this.ranked = ranked;
        this.pending = pending;
        this.expiry = expiry;
        this.index = KeyGroupIndex.of(partitions, maxParallelism);
    }

    boolean has(int keyGroup) {
        return index.count(keyGroup) > 0;
    }

    void write(int keyGroup, DataOutput out) throws IOException {
        Rows rows = new Rows();
        for (int partition : index.ids(keyGroup)) {
            collect(partition, rows);
        }
        int count = rows.count;
        Batch batch = new Batch(
                count, ranked.rows().gather(rows.slots, count), ranked.rows().times(rows.slots, count), null);
        BatchCodec.write(batch, out);
        BatchCodec.write(new BooleanColumn(rows.current, null, count), out);
        BatchCodec.write(new BooleanColumn(rows.pending, null, count), out);
        BatchCodec.write(new IntColumn(rows.shownAt, null, count), out);
        BatchCodec.write(new LongColumn(rows.shownRank, null, count), out);
        BatchCodec.write(new IntColumn(rows.stamps, null, count), out);
    }

    private void collect(int partition, Rows rows) {
        int size = ranked.lists().size(partition);
        int[] slots = new int[size];
        ranked.lists().copyFirst(partition, size, slots);
        boolean isPending = pending.isPending(partition);
        int from = rows.count;
        for (int slot : slots) {
            rows.add(slot, true, isPending, expiry.stamp(partition));
        }
        if (!isPending) {
            return;
        }
        Visible before = pending.before(partition);
        for (int i = 0; i < before.count(); i++) {
            int slot = before.slots()[i];
            int at = from;
            while (at < rows.count && rows.slots[at] != slot) {
                at++;
            }
            if (at == rows.count) {
                rows.add(slot, false, true, expiry.stamp(partition));
            }
            rows.shownAt[at] = i;
            rows.shownRank[at] = before.ranks()[i];
        }
    }

    static Saved read(DataInput in) throws IOException {
        return new Saved(
                BatchCodec.read(in),
                (BooleanColumn) BatchCodec.readColumn(in),
                (BooleanColumn) BatchCodec.readColumn(in),
                (IntColumn) BatchCodec.readColumn(in),
                (LongColumn) BatchCodec.readColumn(in),
                (IntColumn) BatchCodec.readColumn(in));
    }

    /** What was written for one key group; the rows of a partition are neighbours. */
    record Saved(
            Batch rows,
            BooleanColumn current,
            BooleanColumn pending,
            IntColumn shownAt,
            LongColumn shownRank,
            IntColumn stamps) {

        boolean isCurrent(int row) {
            return current.value(row);
        }

        boolean isPending(int row) {
            return pending.value(row);
        }

        int stamp(int row) {
            return stamps.value(row);
        }

        /** What the partition whose rows these are showed before. */
        Visible before(int[] slots, int from, int to) {
            int count = 0;
            for (int i = from; i < to; i++) {
                count = Math.max(count, shownAt.value(i) + 1);
            }
            int[] shown = new int[count];
            long[] ranks = new long[count];
            for (int i = from; i < to; i++) {
                int at = shownAt.value(i);
                if (at != NOT_SHOWN) {
                    shown[at] = slots[i];
                    ranks[at] = shownRank.value(i);
                }
            }
            return new Visible(shown, ranks, count);
        }
    }

    /** Rows to be written, as parallel arrays. */
    private static final class Rows {
        private int count;
        private int[] slots = new int[64];
        private boolean[] current = new boolean[64];
        private boolean[] pending = new boolean[64];
        private int[] shownAt = new int[64];
        private long[] shownRank = new long[64];
        private int[] stamps = new int[64];

        void add(int slot, boolean isCurrent, boolean isPending, int stamp) {
            if (count == slots.length) {
                int capacity = Capacity.grown(count + 1L);
                slots = Arrays.copyOf(slots, capacity);
                current = Arrays.copyOf(current, capacity);
                pending = Arrays.copyOf(pending, capacity);
                shownAt = Arrays.copyOf(shownAt, capacity);
                shownRank = Arrays.copyOf(shownRank, capacity);
                stamps = Arrays.copyOf(stamps, capacity);
            }
            slots[count] = slot;
            current[count] = isCurrent;
            pending[count] = isPending;
            shownAt[count] = NOT_SHOWN;
            stamps[count++] = stamp;
        }
    }
}
