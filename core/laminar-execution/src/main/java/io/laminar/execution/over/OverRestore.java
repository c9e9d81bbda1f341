package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.Rows;
import io.laminar.plan.node.OverNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.ListColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes back what {@link OverState} gave: partitions and rows in any order; then rows get their places. */
final class OverRestore {
    /** Columns between keys and places: size, time, stamp, unfinished. */
    private static final int PARTITION_NUMBERS = 4;

    private final OverEvaluation evaluation;
    private final OverFlow flow;
    private final OverRows rows;
    private final int width;
    private final List<Integer> keys;
    private final int keyWidth;
    private int[] restored = new int[0];
    private long[] lastTimes = new long[0];
    /** By partition. */
    private int[] unfinished = new int[0];
    /** By part, end of the frame and partition. */
    private final long[][][] places;
    /** By holder and partition. */
    private final long[][][] held;

    private int[] slots = new int[0];
    private int count;

    OverRestore(OverNode node, OverEvaluation evaluation, OverFlow flow) {
        this.evaluation = evaluation;
        this.flow = flow;
        this.rows = evaluation.rows();
        this.width = node.input().schema().size();
        this.keys = node.keys();
        this.keyWidth = keys.size();
        this.places = new long[evaluation.parts().size()][2][0];
        this.held = new long[evaluation.holders().size()][0][];
    }

    private static long[] longs(Batch batch, int column) {
        return ((LongColumn) batch.column(column)).values();
    }

    private void reserve() {
        int limit = evaluation.keys().limit();
        if (unfinished.length >= limit) {
            return;
        }
        int capacity = Capacity.grown(limit);
        unfinished = Arrays.copyOf(unfinished, capacity);
        for (long[][] ends : places) {
            ends[0] = Arrays.copyOf(ends[0], capacity);
            ends[1] = Arrays.copyOf(ends[1], capacity);
        }
        for (int h = 0; h < held.length; h++) {
            held[h] = Arrays.copyOf(held[h], capacity);
        }
    }

    void partitions(Batch saved) {
        int size = saved.size();
        evaluation.keyRows().load(Arrays.copyOf(saved.columns(), keyWidth), size);
        int[] ids = Arrays.copyOf(evaluation.find(Rows.first(size), size), size);
        reserve();
        numbers(saved, ids);
        int column = keyWidth + PARTITION_NUMBERS;
        for (int p = 0; p < places.length; p++) {
            OverPart part = evaluation.parts().get(p);
            for (int end = 0; part.frame() != null && end < 2; end++) {
                long[] values = longs(saved, column++);
                for (int i = 0; i < size; i++) {
                    places[p][end][ids[i]] = values[i];
                }
            }
            for (OverResults results : part.results()) {
                column += results.load(saved, column, ids);
            }
        }
        for (long[][] byPartition : held) {
            ListColumn lists = (ListColumn) saved.column(column++);
            long[] all = ((LongColumn) lists.elements()).values();
            for (int i = 0; i < size; i++) {
                byPartition[ids[i]] =
                        Arrays.copyOfRange(all, lists.starts()[i], lists.starts()[i] + lists.lengths()[i]);
            }
        }
    }

    private void numbers(Batch saved, int[] ids) {
        int size = ids.length;
        int before = restored.length;
        restored = Arrays.copyOf(restored, before + size);
        lastTimes = Arrays.copyOf(lastTimes, before + size);
        int[] stamps = ((IntColumn) saved.column(keyWidth + 2)).values();
        int[] waitingToLeave = ((IntColumn) saved.column(keyWidth + 3)).values();
        for (int i = 0; i < size; i++) {
            rows.sizes()[ids[i]] = longs(saved, keyWidth)[i];
            restored[before + i] = ids[i];
            lastTimes[before + i] = longs(saved, keyWidth + 1)[i];
            evaluation.expiry().restore(ids[i], stamps[i]);
            unfinished[ids[i]] = waitingToLeave[i];
        }
    }

    void rows(Batch copied) {
        int size = copied.size();
        Batch batch = copied.withColumns(Arrays.copyOf(copied.columns(), width));
        int[] all = Rows.first(size);
        evaluation.keyRows().load(batch, keys);
        int[] added = rows.add(batch, all, evaluation.find(all, size), size, evaluation.uses());
        reserve();
        if (slots.length < count + size) {
            slots = Arrays.copyOf(slots, Capacity.grown((long) count + size));
        }
        System.arraycopy(added, 0, slots, count, size);
        count += size;
        for (int i = 0; i < size; i++) {
            rows.positions()[added[i]] = longs(copied, width)[i];
            rows.peers()[added[i]] = longs(copied, width + 1)[i];
        }
    }

    /** Gives rows their places; to be called when everything has been read. */
    void finish() {
        SlotOrder.sort(slots, 0, count, rows.positions());
        int placed = 0;
        while (placed < count && rows.positions()[slots[placed]] < 0) {
            placed++;
        }
        // Those that came last have the least numbers.
        int[] waiting = Arrays.copyOf(slots, placed);
        for (int i = 0, j = placed - 1; i < j; i++, j--) {
            int slot = waiting[i];
            waiting[i] = waiting[j];
            waiting[j] = slot;
        }
        for (int from = placed; from < count; from += Batch.TARGET_ROWS) {
            place(Arrays.copyOfRange(slots, from, Math.min(count, from + Batch.TARGET_ROWS)));
        }
        for (int from = 0; from < placed; from += Batch.TARGET_ROWS) {
            wait(Arrays.copyOfRange(waiting, from, Math.min(placed, from + Batch.TARGET_ROWS)));
        }
        flow.restoreLastTimes(restored, lastTimes);
        slots = new int[0];
        count = 0;
    }

    private void wait(int[] some) {
        rows.arrive(some);
        flow.restoreWaiting(rows.gather(some, some.length), some);
    }

    private void place(int[] some) {
        for (int slot : some) {
            rows.restore(slot, rows.positions()[slot], rows.peers()[slot]);
        }
        for (int p = 0; p < places.length; p++) {
            fill(evaluation.parts().get(p), some, places[p]);
        }
        hold(some);
    }

    private void fill(OverPart part, int[] some, long[][] ends) {
        FrameCursor frame = part.frame();
        if (frame == null) {
            return;
        }
        int[] inside = new int[some.length];
        int number = 0;
        for (int slot : some) {
            int partition = rows.partitions()[slot];
            if (frame.restore(slot, ends[0][partition], ends[1][partition])) {
                inside[number++] = slot;
            }
        }
        for (OverResults results : part.results()) {
            results.refill(inside, number);
        }
    }

    private void hold(int[] some) {
        List<OverResults> holders = evaluation.holders();
        int[] stay = new int[some.length];
        int number = 0;
        for (int slot : some) {
            int partition = rows.partitions()[slot];
            long position = rows.positions()[slot];
            for (int h = 0; h < held.length; h++) {
                if (contains(held[h][partition], position)) {
                    holders.get(h).restoreHeld(slot);
                }
            }
            if (position >= rows.sizes()[partition] - unfinished[partition]) {
                rows.use(slot);
                stay[number++] = slot;
            }
        }
        if (number > 0) {
            flow.restoreUnfinished(stay, number);
        }
    }

    private static boolean contains(long @Nullable [] positions, long position) {
        for (int i = 0; positions != null && i < positions.length; i++) {
            if (positions[i] == position) {
                return true;
            }
        }
        return false;
    }
}
