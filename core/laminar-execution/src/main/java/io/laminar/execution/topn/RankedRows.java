package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.row.HeldKeys;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.RowTracker;
import io.laminar.plan.node.RankFunction;
import io.laminar.spi.batch.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows of all partitions in order. A row that has been shown outside keeps its slot until {@link #unshow}, even if it
 * has left its partition: the change that takes it back needs its values.
 */
final class RankedRows {

    /** Rows of a partition that are among the first, with their ranks. */
    record Visible(int[] slots, long[] ranks, int count) {}

    static final Visible NONE = new Visible(new int[0], new long[0], 0);

    private final HeldRows rows;
    private final HeldKeys keys;
    private final SlotLists lists;
    private final @Nullable RowFinder finder;
    private final RankFunction function;
    private final long first;
    private final long last;
    /** By slot: whether its row is in a partition. */
    private boolean[] current = new boolean[0];

    private @Nullable RowTracker tracker;
    private boolean[] shown = new boolean[0];
    private boolean[] gone = new boolean[0];

    /**
     * @param newestFirst whether of rows with equal keys the one that came last is first
     * @param finder finds rows that are taken back; null where none is
     */
    RankedRows(
            HeldRows rows,
            HeldKeys keys,
            RankFunction function,
            long first,
            long last,
            boolean newestFirst,
            @Nullable RowFinder finder) {
        this.finder = finder;
        this.rows = rows;
        this.keys = keys;
        this.lists = new SlotLists(keys, newestFirst);
        this.function = function;
        this.first = first;
        this.last = last;
    }

    HeldRows rows() {
        return rows;
    }

    HeldKeys keys() {
        return keys;
    }

    SlotLists lists() {
        return lists;
    }

    /** A slot for a row of the batch whose keys are loaded. */
    int claim(int row) {
        int slot = rows.claim();
        if (shown.length <= slot) {
            shown = Arrays.copyOf(shown, Capacity.grown(slot + 1L));
            gone = Arrays.copyOf(gone, shown.length);
            current = Arrays.copyOf(current, shown.length);
        }
        keys.reserve(rows.limit());
        keys.put(row, slot);
        return slot;
    }

    /** Says who follows which rows come and go. */
    void track(RowTracker by) {
        tracker = by;
    }

    /** Puts a row that has arrived into its partition. */
    void add(int partition, int slot) {
        current[slot] = true;
        if (tracker != null) {
            tracker.reserve(rows.limit());
            tracker.touch(slot);
        }
        lists.add(partition, slot);
    }

    /** Takes a row out of its partition and gives it up. */
    void remove(int partition, int slot) {
        leave(slot);
        lists.remove(partition, slot);
        drop(slot);
    }

    private void leave(int slot) {
        current[slot] = false;
        if (tracker != null) {
            tracker.remove(slot);
        }
    }

    /** Whether the row of a slot is in a partition. */
    boolean isCurrent(int slot) {
        return current[slot];
    }

    /** Gives up a row that is in no partition. */
    void drop(int slot) {
        if (shown[slot]) {
            gone[slot] = true;
        } else {
            keys.release(slot);
            rows.giveBack(slot);
        }
    }

    void show(Visible visible) {
        for (int i = 0; i < visible.count(); i++) {
            shown[visible.slots()[i]] = true;
        }
    }

    void unshow(Visible visible) {
        for (int i = 0; i < visible.count(); i++) {
            int slot = visible.slots()[i];
            shown[slot] = false;
            if (gone[slot]) {
                gone[slot] = false;
                drop(slot);
            }
        }
    }

    /** Takes over a row that was shown before a restart and has left its partition since. */
    void restoreGone(int slot) {
        gone[slot] = true;
    }

    void put(Batch batch, int[] batchRows, int[] slots, int count) {
        rows.put(batch, batchRows, slots, count);
    }

    /** The rows of a partition that have a wanted rank. */
    Visible visible(int partition) {
        int size = lists.size(partition);
        if (size == 0) {
            return NONE;
        }
        return function == RankFunction.ROW_NUMBER ? numbered(partition, size) : tied(partition, size);
    }

    private Visible numbered(int partition, int size) {
        int end = (int) Math.min(size, last);
        int count = (int) Math.max(0, end - (first - 1));
        if (count == 0) {
            return NONE;
        }
        int[] slots = new int[end];
        lists.copyFirst(partition, end, slots);
        long[] ranks = new long[count];
        for (int i = 0; i < count; i++) {
            ranks[i] = first + i;
        }
        return new Visible(first == 1 ? slots : Arrays.copyOfRange(slots, end - count, end), ranks, count);
    }

    private Visible tied(int partition, int size) {
        int[] slots = new int[8];
        long[] ranks = new long[8];
        int count = 0;
        int looked = 0;
        int[] some = new int[0];
        long rank = 0;
        for (int i = 0; i < size; i++) {
            if (i == looked) {
                looked = Math.min(size, Math.max(16, looked * 2));
                some = new int[looked];
                lists.copyFirst(partition, looked, some);
            }
            if (i == 0 || keys.compare(some[i - 1], some[i]) != 0) {
                rank = function == RankFunction.RANK ? i + 1 : rank + 1;
            }
            if (rank > last) {
                break;
            }
            if (rank >= first) {
                if (count == slots.length) {
                    slots = Arrays.copyOf(slots, count * 2);
                    ranks = Arrays.copyOf(ranks, count * 2);
                }
                slots[count] = some[i];
                ranks[count++] = rank;
            }
        }
        return count == 0 ? NONE : new Visible(slots, ranks, count);
    }

    /** Whether a row can be, or move, a row with a wanted rank; without ties that is a matter of its place. */
    boolean matters(int partition, int slot) {
        return function != RankFunction.ROW_NUMBER || lists.isAmong(partition, slot, last);
    }

    /** Whether a partition of rows that only come has room for the key of a row of the batch. */
    boolean wants(int partition, int row) {
        int size = lists.size(partition);
        if (size < last) {
            return true;
        }
        int order = keys.compareBatch(row, lists.last(partition));
        return switch (function) {
            case ROW_NUMBER -> order < 0;
            case RANK -> order <= 0;
            // There may be fewer keys than rows.
            case DENSE_RANK -> order <= 0 || keysOf(partition) < last;
        };
    }

    private long keysOf(int partition) {
        int size = lists.size(partition);
        int[] slots = new int[size];
        lists.copyFirst(partition, size, slots);
        long different = 1;
        for (int i = 1; i < size; i++) {
            different += keys.compare(slots[i - 1], slots[i]) == 0 ? 0 : 1;
        }
        return different;
    }

    /** Drops rows at the end of a partition that have no wanted rank and, as rows only come, never will. */
    void trim(int partition) {
        int size = lists.size(partition);
        if (size <= last) {
            return;
        }
        if (function == RankFunction.ROW_NUMBER) {
            dropLast(partition);
            return;
        }
        int[] slots = new int[size];
        lists.copyFirst(partition, size, slots);
        int keep = 0;
        long rank = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || keys.compare(slots[i - 1], slots[i]) != 0) {
                rank = function == RankFunction.RANK ? i + 1 : rank + 1;
            }
            keep += rank <= last ? 1 : 0;
        }
        for (int i = size; i > keep; i--) {
            dropLast(partition);
        }
    }

    private void dropLast(int partition) {
        remove(partition, lists.last(partition));
    }

    /** Drops all rows of a partition. */
    void clear(int partition) {
        int size = lists.size(partition);
        int[] slots = new int[size];
        lists.copyFirst(partition, size, slots);
        for (int slot : slots) {
            if (finder != null) {
                finder.remove(slot);
            }
            leave(slot);
            drop(slot);
        }
        lists.clear(partition);
    }

    /** Heap that the rows take, nearly. */
    long bytes() {
        return rows.bytes() + keys.bytes() + lists.bytes() + HeapSize.of(shown) + HeapSize.of(gone);
    }
}
