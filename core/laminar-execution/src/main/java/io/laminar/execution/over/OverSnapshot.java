package io.laminar.execution.over;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.state.KeyGroupIndex;
import io.laminar.execution.state.StateWriter;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the state by key group: the watermark; the partitions with their sizes, the places of frames, and what cannot be
 * found again from rows; then the rows, those with a place first, each with its partition, place, order, and a bit for
 * everything that holds it.
 */
final class OverSnapshot {
    /** The bit of rows that have a place but have not left. */
    static final long UNFINISHED = Long.MIN_VALUE;

    private final OverNode node;
    private final OverEvaluation evaluation;
    private final OverFlow flow;
    private final OperatorContext context;
    private final OverRows rows;

    OverSnapshot(OverNode node, OverEvaluation evaluation, OverFlow flow, OperatorContext context) {
        this.node = node;
        this.evaluation = evaluation;
        this.flow = flow;
        this.context = context;
        this.rows = evaluation.rows();
    }

    void write(long watermark, StateWriter writer) {
        KeyGroupRange range = context.keyGroups();
        KeyGroupIndex index = KeyGroupIndex.of(evaluation.keys(), range, context.maxParallelism());
        int[] keyGroups = new int[evaluation.keys().limit()];
        int[] local = new int[keyGroups.length];
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int[] ids = index.ids(keyGroup);
            for (int i = 0; i < ids.length; i++) {
                keyGroups[ids[i]] = keyGroup;
                local[ids[i]] = i;
            }
        }
        int[][] slots = byKeyGroup(keyGroups, context.maxParallelism());
        long[] bits = held();
        for (int keyGroup = range.first(); keyGroup <= range.last(); keyGroup++) {
            int[] ids = index.ids(keyGroup);
            int[] kept = slots[keyGroup];
            writer.keyGroup(keyGroup, out -> {
                out.writeLong(watermark);
                out.writeLong(flow.lastPeer());
                BatchCodec.write(partitions(ids), out);
                writeRows(kept, local, bits, out);
            });
        }
    }

    /** The rows of each key group: those with a place, in the order of places, then the others. */
    private int[][] byKeyGroup(int[] keyGroups, int count) {
        int[] placed = new int[rows.limit()];
        int number = 0;
        for (int slot = 0; slot < rows.limit(); slot++) {
            if (rows.isKept(slot) && rows.positions()[slot] != OverRows.NOWHERE) {
                placed[number++] = slot;
            }
        }
        SlotOrder.sort(placed, 0, number, rows.positions());
        int[] waiting = flow.waiting();
        int[] all = Arrays.copyOf(placed, number + waiting.length);
        System.arraycopy(waiting, 0, all, number, waiting.length);
        int[] counts = new int[count];
        for (int slot : all) {
            counts[keyGroups[rows.partitions()[slot]]]++;
        }
        int[][] slots = new int[count][];
        for (int keyGroup = 0; keyGroup < count; keyGroup++) {
            slots[keyGroup] = new int[counts[keyGroup]];
        }
        Arrays.fill(counts, 0);
        for (int slot : all) {
            int keyGroup = keyGroups[rows.partitions()[slot]];
            slots[keyGroup][counts[keyGroup]++] = slot;
        }
        return slots;
    }

    /** By slot: what holds the row. */
    private long[] held() {
        long[] bits = new long[rows.limit()];
        int[] ids = evaluation.keys().ids();
        List<OverResults> holders = evaluation.holders();
        for (int i = 0; i < holders.size(); i++) {
            holders.get(i).markHeld(ids, ids.length, 1L << i, bits);
        }
        for (int slot : flow.unfinished()) {
            bits[slot] |= UNFINISHED;
        }
        return bits;
    }

    private Batch partitions(int[] ids) {
        int count = ids.length;
        List<Column> columns = new ArrayList<>(Arrays.asList(evaluation.keys().columns(ids, count)));
        long[] sizes = new long[count];
        long[] times = new long[count];
        int[] stamps = new int[count];
        for (int i = 0; i < count; i++) {
            sizes[i] = rows.sizes()[ids[i]];
            times[i] = flow.lastTime(ids[i]);
            stamps[i] = evaluation.expiry().stamp(ids[i]);
        }
        columns.add(new LongColumn(sizes, null, count));
        columns.add(new LongColumn(times, null, count));
        columns.add(new IntColumn(stamps, null, count));
        for (OverPart part : evaluation.parts()) {
            FrameCursor frame = part.frame();
            if (frame != null) {
                for (long[] values : frame.places(ids, count)) {
                    columns.add(new LongColumn(values, null, count));
                }
            }
            for (OverResults results : part.results()) {
                columns.addAll(Arrays.asList(results.save(ids, count)));
            }
        }
        return new Batch(count, columns.toArray(new Column[0]), new long[count], null);
    }

    private void writeRows(int[] slots, int[] local, long[] bits, DataOutput out) throws IOException {
        out.writeInt(slots.length);
        int width = node.input().schema().size();
        for (int from = 0; from < slots.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, slots.length - from);
            int[] chunk = Arrays.copyOfRange(slots, from, from + count);
            int[] partitions = new int[count];
            long[] places = new long[count];
            long[] peers = new long[count];
            long[] holds = new long[count];
            for (int i = 0; i < count; i++) {
                partitions[i] = local[rows.partitions()[chunk[i]]];
                places[i] = rows.positions()[chunk[i]];
                peers[i] = rows.peers()[chunk[i]];
                holds[i] = bits[chunk[i]];
            }
            Batch batch = rows.gather(chunk, count);
            Column[] columns = Arrays.copyOf(batch.columns(), width + 4);
            columns[width] = new IntColumn(partitions, null, count);
            columns[width + 1] = new LongColumn(places, null, count);
            columns[width + 2] = new LongColumn(peers, null, count);
            columns[width + 3] = new LongColumn(holds, null, count);
            BatchCodec.write(batch.withColumns(columns), out);
        }
    }
}
