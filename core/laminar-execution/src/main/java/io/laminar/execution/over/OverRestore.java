package io.laminar.execution.over;

import io.laminar.execution.key.Rows;
import io.laminar.execution.state.StateReader;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.io.DataInput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** Reads what {@link OverSnapshot} wrote. */
final class OverRestore {
    private final OverEvaluation evaluation;
    private final OverFlow flow;
    private final OverRows rows;
    private final int width;
    private final int keyWidth;
    private int[] touched = new int[0];
    private long[] lastTimes = new long[0];

    OverRestore(OverNode node, OverEvaluation evaluation, OverFlow flow) {
        this.evaluation = evaluation;
        this.flow = flow;
        this.rows = evaluation.rows();
        this.width = node.input().schema().size();
        this.keyWidth = node.keys().size();
    }

    /** Reads all key groups; the least watermark among them. */
    long read(StateReader reader) {
        long[] slowest = {Long.MAX_VALUE};
        boolean[] any = {false};
        reader.forEachKeyGroup((keyGroup, in) -> {
            any[0] = true;
            slowest[0] = Math.min(slowest[0], in.readLong());
            flow.restoreLastPeer(in.readLong());
            readKeyGroup(in);
        });
        flow.restoreLastTimes(touched, lastTimes);
        return any[0] ? slowest[0] : Long.MIN_VALUE;
    }

    private void readKeyGroup(DataInput in) throws IOException {
        Batch saved = BatchCodec.read(in);
        int count = saved.size();
        evaluation.keyRows().load(Arrays.copyOf(saved.columns(), keyWidth), count);
        int[] ids = Arrays.copyOf(evaluation.find(Rows.first(count), count), count);
        int column = partitions(saved, ids);
        long[][][] places = new long[evaluation.parts().size()][2][];
        for (int p = 0; p < places.length; p++) {
            OverPart part = evaluation.parts().get(p);
            if (part.frame() != null) {
                places[p][0] = longs(saved, column++);
                places[p][1] = longs(saved, column++);
            }
            for (OverResults results : part.results()) {
                column += results.load(saved, column, ids);
            }
        }
        int left = in.readInt();
        while (left > 0) {
            Batch batch = BatchCodec.read(in);
            left -= batch.size();
            rows(batch, ids, places);
        }
    }

    /** Sizes, times and stamps; returns the column behind them. */
    private int partitions(Batch saved, int[] ids) {
        int count = ids.length;
        long[] sizes = longs(saved, keyWidth);
        long[] times = longs(saved, keyWidth + 1);
        IntColumn stamps = (IntColumn) saved.column(keyWidth + 2);
        int before = touched.length;
        touched = Arrays.copyOf(touched, before + count);
        lastTimes = Arrays.copyOf(lastTimes, before + count);
        for (int i = 0; i < count; i++) {
            rows.sizes()[ids[i]] = sizes[i];
            evaluation.expiry().restore(ids[i], stamps.value(i));
            touched[before + i] = ids[i];
            lastTimes[before + i] = times[i];
        }
        return keyWidth + 3;
    }

    private static long[] longs(Batch batch, int column) {
        return ((LongColumn) batch.column(column)).values();
    }

    private void rows(Batch batch, int[] ids, long[][][] places) {
        int count = batch.size();
        int[] local = ((IntColumn) batch.column(width)).values();
        long[] positions = longs(batch, width + 1);
        int[] partitions = new int[count];
        int placed = 0;
        for (int i = 0; i < count; i++) {
            partitions[i] = ids[local[i]];
            placed += positions[i] == OverRows.NOWHERE ? 0 : 1;
        }
        Batch input = batch.withColumns(Arrays.copyOf(batch.columns(), width));
        int[] slots = rows.add(input, Rows.first(count), partitions, count, evaluation.uses());
        place(slots, placed, positions, longs(batch, width + 2));
        int part = 0;
        for (OverPart of : evaluation.parts()) {
            fill(of, slots, placed, local, places[part++]);
        }
        hold(slots, placed, longs(batch, width + 3));
        flow.restoreWaiting(input.slice(placed, count - placed), Arrays.copyOfRange(slots, placed, count));
    }

    private void place(int[] slots, int count, long[] positions, long[] peers) {
        for (int i = 0; i < count; i++) {
            rows.restore(slots[i], positions[i], peers[i]);
        }
    }

    private static void fill(OverPart part, int[] slots, int count, int[] local, long[][] places) {
        FrameCursor frame = part.frame();
        if (frame == null) {
            return;
        }
        int[] inside = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            if (frame.restore(slots[i], places[0][local[i]], places[1][local[i]])) {
                inside[number++] = slots[i];
            }
        }
        for (OverResults results : part.results()) {
            results.refill(inside, number);
        }
    }

    private void hold(int[] slots, int count, long[] bits) {
        List<OverResults> holders = evaluation.holders();
        int[] unfinished = new int[count];
        int number = 0;
        for (int i = 0; i < count; i++) {
            for (int h = 0; h < holders.size(); h++) {
                if ((bits[i] & 1L << h) != 0) {
                    holders.get(h).restoreHeld(slots[i]);
                }
            }
            if ((bits[i] & OverSnapshot.UNFINISHED) != 0) {
                rows.use(slots[i]);
                unfinished[number++] = slots[i];
            }
        }
        if (number > 0) {
            flow.restoreUnfinished(unfinished, number);
        }
    }
}
