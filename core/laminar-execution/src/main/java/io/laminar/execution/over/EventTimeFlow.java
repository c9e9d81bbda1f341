package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.Rows;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows get their places in the order of event time when the watermark passes them, and leave when nothing that their
 * frames need is missing.
 */
final class EventTimeFlow implements OverFlow {
    private static final int NONE = OverRows.NONE;

    private final OverEvaluation evaluation;
    private final OverRows rows;
    private final List<SortKey> order;
    private final SortKeyRows sortKeys;
    private final long rowsAhead;
    private final long timeAhead;
    private final PartitionSpan span;
    private final PendingRows pending = new PendingRows();
    /** Rows that wait for time to pass, as far as frames look ahead. */
    private final PendingRows ahead = new PendingRows();
    /** Numbers rows of equal order where more than time decides. */
    private long peer;

    /** By partition: the first row that has a place and has not left; only if frames look ahead by rows. */
    private int[] heads = new int[0];
    /** By partition: rows that have a place and have not left. */
    private int[] unfinished = new int[0];

    EventTimeFlow(OverEvaluation evaluation, List<SortKey> order) {
        this.evaluation = evaluation;
        this.rows = evaluation.rows();
        this.order = order;
        List<SortKey> all = new ArrayList<>();
        all.add(new SortKey(0, false, false));
        for (SortKey key : order) {
            all.add(new SortKey(all.size(), key.descending(), key.nullsFirst()));
        }
        this.sortKeys = new SortKeyRows(all);
        this.rowsAhead = evaluation.rowsAhead();
        this.timeAhead = evaluation.timeAhead();
        this.span = new PartitionSpan(evaluation);
    }

    @Override
    public void add(Batch batch, long watermark, LateRows late) {
        int size = batch.size();
        int[] kept = Rows.first(size);
        int count = size;
        long[] times = batch.rowtime();
        for (int i = 0; i < size && count == size; i++) {
            if (times[i] <= watermark) {
                kept = inTime(times, size, watermark, late);
                count = kept.length;
            }
        }
        if (count > 0) {
            int[] slots = rows.add(batch, kept, evaluation.partitions(batch, kept, count), count, evaluation.uses());
            pending.add(slots, count);
        }
    }

    private static int[] inTime(long[] times, int size, long watermark, LateRows late) {
        int[] kept = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            if (times[i] > watermark) {
                kept[count++] = i;
            } else {
                late.add(i);
            }
        }
        return Arrays.copyOf(kept, count);
    }

    @Override
    public void advance(long watermark, long before, Output out) {
        int[] ready = pending.take(watermark, rows.times());
        evaluation.touch(ready);
        if (!order.isEmpty()) {
            ready = sorted(ready);
        }
        evaluation.append(ready);
        span.touched(ready);
        int[] finished = rowsAhead == 0 && timeAhead == 0 ? ready : finished(ready, watermark);
        // What waited for rows that never came leaves with the end of the input.
        long floor = watermark == Long.MAX_VALUE && rowsAhead > 0 ? before + 1 : Long.MIN_VALUE;
        long further = timeAhead;
        evaluation.evaluate(
                finished,
                (slot, time, reached) -> Math.max(floor, Math.max(further == 0 ? time : time + further, reached)),
                out);
        span.expire(watermark, this);
    }

    /** Rows of equal time by what else decides; sets which rows are of equal order. */
    private int[] sorted(int[] ready) {
        Column[] columns = new Column[1 + order.size()];
        long[] times = new long[ready.length];
        for (int i = 0; i < ready.length; i++) {
            times[i] = rows.times()[ready[i]];
        }
        columns[0] = new LongColumn(times, null, ready.length);
        for (int c = 0; c < order.size(); c++) {
            columns[1 + c] = rows.column(order.get(c).column()).gather(ready, ready.length);
        }
        sortKeys.load(columns, ready.length);
        int[] positions = RowSorter.sort(sortKeys, ready.length);
        int[] sorted = new int[ready.length];
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = ready[positions[i]];
            if (i == 0 || sortKeys.compare(positions[i - 1], positions[i]) != 0) {
                peer++;
            }
            rows.peers()[sorted[i]] = peer;
        }
        return sorted;
    }

    // Frames that look ahead ----------------------------------------------------------------------------------------

    private int[] finished(int[] ready, long watermark) {
        reserve();
        restoreUnfinished(ready, ready.length);
        int[] due = timeAhead > 0 ? ahead.take(moment(watermark), rows.times()) : new int[0];
        evaluation.touchPartitions(OverSteps.partitions(due, due.length, rows));
        if (rowsAhead == 0) {
            for (int slot : due) {
                unfinished[rows.partitions()[slot]]--;
            }
            return due;
        }
        Finished finished = new Finished();
        int[] next = rows.next();
        int[] triggers = watermark == Long.MAX_VALUE ? evaluation.keys().ids() : touched(ready, due);
        for (int partition : triggers) {
            if (heads[partition] != NONE && isFinished(heads[partition], partition, watermark)) {
                evaluation.touchPartitions(new int[] {partition});
            }
            while (heads[partition] != NONE && isFinished(heads[partition], partition, watermark)) {
                finished.add(heads[partition]);
                unfinished[partition]--;
                heads[partition] = next[heads[partition]];
            }
        }
        return finished.slots();
    }

    private int[] touched(int[] ready, int[] due) {
        int[] partitions = new int[ready.length + due.length];
        for (int i = 0; i < ready.length; i++) {
            partitions[i] = rows.partitions()[ready[i]];
        }
        for (int i = 0; i < due.length; i++) {
            partitions[ready.length + i] = rows.partitions()[due[i]];
        }
        return partitions;
    }

    private boolean isFinished(int slot, int partition, long watermark) {
        return watermark == Long.MAX_VALUE
                || (rows.sizes()[partition] - 1 - rows.positions()[slot] >= rowsAhead
                        && rows.times()[slot] <= moment(watermark));
    }

    /** Rows up to this time see all they need once the watermark is there. */
    private long moment(long watermark) {
        return watermark == Long.MAX_VALUE || watermark < Long.MIN_VALUE + timeAhead
                ? watermark
                : watermark - timeAhead;
    }

    private void reserve() {
        int before = heads.length;
        int limit = evaluation.keys().limit();
        if (before < limit) {
            heads = Arrays.copyOf(heads, Capacity.grown(limit));
            Arrays.fill(heads, before, heads.length, NONE);
            unfinished = Arrays.copyOf(unfinished, heads.length);
        }
    }

    /** Collects slots. */
    private static final class Finished {
        private int[] slots = new int[64];
        private int count;

        void add(int slot) {
            if (count == slots.length) {
                slots = Arrays.copyOf(slots, count * 2);
            }
            slots[count++] = slot;
        }

        int[] slots() {
            return Arrays.copyOf(slots, count);
        }
    }

    // State ---------------------------------------------------------------------------------------------------------

    @Override
    public int unfinished(int partition) {
        return partition < unfinished.length ? unfinished[partition] : 0;
    }

    @Override
    public void restoreWaiting(Batch batch, int[] slots) {
        pending.add(slots, slots.length);
    }

    @Override
    public void restoreUnfinished(int[] slots, int count) {
        reserve();
        for (int i = 0; i < count; i++) {
            int partition = rows.partitions()[slots[i]];
            unfinished[partition]++;
            if (heads[partition] == NONE) {
                heads[partition] = slots[i];
            }
        }
        if (timeAhead > 0) {
            ahead.add(slots, count);
        }
    }

    @Override
    public long lastPeer() {
        return peer;
    }

    @Override
    public void restoreLastPeer(long number) {
        peer = Math.max(peer, number);
    }

    @Override
    public long lastTime(int partition) {
        return span.lastTime(partition);
    }

    @Override
    public void restoreLastTimes(int[] partitions, long[] times) {
        span.restore(partitions, times);
    }

    @Override
    public boolean isBusy(int partition) {
        return rows.waiting()[partition] > 0 || (partition < unfinished.length && unfinished[partition] > 0);
    }

    @Override
    public long bytes() {
        return span.bytes() + pending.bytes() + ahead.bytes() + HeapSize.of(heads) + HeapSize.of(unfinished);
    }
}
