package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.state.RowTracker;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows an operator keeps, in slots. A row first waits; then it gets its place behind the other rows of its partition
 * ({@link #append}). Everything that needs a row uses it once; a row that nobody uses has gone, and its slot is given out
 * again.
 */
final class OverRows {
    static final int NONE = -1;

    private final SlotColumn[] columns;
    private int[] partitions = new int[0];
    private int[] next = new int[0];
    private int[] uses = new int[0];
    private long[] positions = new long[0];
    private long[] times = new long[0];
    private long[] peers = new long[0];
    private long[] measures = new long[0];
    /** How many rows have come. */
    private long arrived;

    private @Nullable RowTracker tracker;
    private int limit;
    private int[] free = new int[16];
    private int freeCount;

    /** By partition: its last row, unless that has gone. */
    private int[] tails = new int[0];
    /** By partition: how many rows have got a place. */
    private long[] sizes = new long[0];
    /** By partition: how many rows have none yet. */
    private int[] waiting = new int[0];

    OverRows(Schema schema) {
        this.columns = new SlotColumn[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = SlotColumn.of(schema.type(c));
        }
    }

    SlotColumn column(int index) {
        return columns[index];
    }

    /** By slot: the partition of the row. */
    int[] partitions() {
        return partitions;
    }

    /** By slot: the row behind it in its partition; {@link #NONE} if there is none yet. */
    int[] next() {
        return next;
    }

    /** By slot: its place in its partition, from 0; of rows without a place a negative number, the later they came the less. */
    long[] positions() {
        return positions;
    }

    /** By slot: event time. */
    long[] times() {
        return times;
    }

    /** By slot: equal for rows of equal order, greater for rows behind. */
    long[] peers() {
        return peers;
    }

    /** By slot: the value that RANGE measures; set by who needs it. */
    long[] measures() {
        return measures;
    }

    /** By partition: how many rows have got a place. */
    long[] sizes() {
        return sizes;
    }

    int[] waiting() {
        return waiting;
    }

    /** All slots are below this. */
    int limit() {
        return limit;
    }

    /** Says who follows which rows change. */
    void track(RowTracker by) {
        tracker = by;
    }

    /** Says that rows are about to get their places. */
    void touch(int[] slots, int count) {
        if (tracker != null) {
            tracker.touch(slots, count);
        }
    }

    /** Sets a bit in the marks of all rows. */
    void mark(byte[] marks, byte bit) {
        for (int slot = 0; slot < limit; slot++) {
            marks[slot] |= uses[slot] > 0 ? bit : 0;
        }
    }

    boolean isKept(int slot) {
        return uses[slot] > 0;
    }

    void reservePartitions(int count) {
        int before = tails.length;
        if (before < count) {
            tails = Arrays.copyOf(tails, Capacity.grown(count));
            Arrays.fill(tails, before, tails.length, NONE);
            sizes = Arrays.copyOf(sizes, tails.length);
            waiting = Arrays.copyOf(waiting, tails.length);
        }
    }

    /**
     * Keeps rows, {@code rows[i]} of partition {@code ids[i]}.
     *
     * @param use how often each will be used
     * @return their slots
     */
    int[] add(Batch batch, int[] rows, int[] ids, int count, int use) {
        int[] slots = claim(count);
        long[] rowtimes = batch.rowtime();
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            partitions[slot] = ids[i];
            waiting[ids[i]]++;
            times[slot] = rowtimes[rows[i]];
            peers[slot] = times[slot];
            positions[slot] = ~arrived++;
            uses[slot] = use;
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].put(batch.column(c), rows, slots, count);
        }
        touch(slots, count);
        return slots;
    }

    private int[] claim(int count) {
        int[] slots = new int[count];
        int reused = Math.min(count, freeCount);
        for (int i = 0; i < reused; i++) {
            slots[i] = free[--freeCount];
        }
        for (int i = reused; i < count; i++) {
            slots[i] = limit++;
        }
        if (limit > next.length) {
            int capacity = Capacity.grown(limit);
            partitions = Arrays.copyOf(partitions, capacity);
            next = Arrays.copyOf(next, capacity);
            uses = Arrays.copyOf(uses, capacity);
            positions = Arrays.copyOf(positions, capacity);
            times = Arrays.copyOf(times, capacity);
            peers = Arrays.copyOf(peers, capacity);
            measures = Arrays.copyOf(measures, capacity);
            for (SlotColumn column : columns) {
                column.reserve(capacity);
            }
        }
        if (tracker != null) {
            tracker.reserve(limit);
        }
        return slots;
    }

    /** Gives rows their places, in this order, behind the others of their partitions. */
    void append(int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            int partition = partitions[slot];
            waiting[partition]--;
            place(slot, partition, sizes[partition]++);
        }
    }

    private void place(int slot, int partition, long position) {
        positions[slot] = position;
        next[slot] = NONE;
        int tail = tails[partition];
        if (tail != NONE) {
            next[tail] = slot;
        }
        tails[partition] = slot;
    }

    /** Gives a row the place it had when it was written; in the order of places. */
    void restore(int slot, long position, long peer) {
        waiting[partitions[slot]]--;
        peers[slot] = peer;
        uses[slot] = 0;
        place(slot, partitions[slot], position);
    }

    /** Says in which order rows that wait came before a restart. */
    void arrive(int[] slots) {
        for (int slot : slots) {
            positions[slot] = ~arrived++;
        }
    }

    void use(int slot) {
        uses[slot]++;
    }

    /** The rows are needed once less. */
    void release(int[] slots, int count) {
        int gone = 0;
        int from = freeCount;
        if (free.length - freeCount < count) {
            free = Arrays.copyOf(free, Capacity.grown((long) freeCount + count));
        }
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            if (--uses[slot] == 0) {
                free[freeCount++] = slot;
                gone++;
                if (tails[partitions[slot]] == slot) {
                    tails[partitions[slot]] = NONE;
                }
            }
        }
        if (gone > 0) {
            int[] freed = from == 0 ? free : Arrays.copyOfRange(free, from, from + gone);
            if (tracker != null) {
                tracker.remove(freed, gone);
            }
            for (SlotColumn column : columns) {
                column.free(freed, gone);
            }
        }
    }

    /** Lets rows go whoever uses them, and their partitions begin anew. */
    void drop(int[] slots, int count) {
        int[] kept = new int[count];
        int keptCount = 0;
        for (int i = 0; i < count; i++) {
            if (uses[slots[i]] > 0) {
                uses[slots[i]] = 1;
                kept[keptCount++] = slots[i];
            }
        }
        release(kept, keptCount);
    }

    /** Partitions whose rows have gone begin anew. */
    void clear(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            tails[ids[i]] = NONE;
            sizes[ids[i]] = 0;
        }
    }

    /** All columns of rows, as a batch with their event times. */
    Batch gather(int[] slots, int count) {
        Column[] gathered = new Column[columns.length];
        for (int c = 0; c < columns.length; c++) {
            gathered[c] = columns[c].gather(slots, count);
        }
        long[] gatheredTimes = new long[count];
        for (int i = 0; i < count; i++) {
            gatheredTimes[i] = times[slots[i]];
        }
        return new Batch(count, gathered, gatheredTimes, null);
    }

    /** Heap that the rows take, nearly. */
    long bytes() {
        long bytes = HeapSize.of(partitions)
                + HeapSize.of(next)
                + HeapSize.of(uses)
                + HeapSize.of(positions)
                + HeapSize.of(times)
                + HeapSize.of(peers)
                + HeapSize.of(measures)
                + HeapSize.of(free)
                + HeapSize.of(tails)
                + HeapSize.of(sizes)
                + HeapSize.of(waiting);
        for (SlotColumn column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }
}
