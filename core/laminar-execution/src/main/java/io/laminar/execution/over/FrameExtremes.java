package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.batch.Column;
import java.util.Arrays;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code min} or {@code max} of a frame. Where rows leave, the rows that may yet become the extreme are linked: each is
 * better than all behind it, so that the first one is the extreme. Where none leaves only the best row is held.
 */
final class FrameExtremes implements OverResults {
    private static final int NONE = OverRows.NONE;

    private final OverRows rows;
    private final int argument;
    private final int sign;
    private final SlotColumn.@Nullable Booleans filter;
    private final boolean keepsAll;
    private final int position;

    /** By slot: the neighbours among those that may become the extreme. */
    private int[] next = new int[0];

    private int[] previous = new int[0];
    /** By partition. */
    private int[] heads = new int[0];

    private int[] tails = new int[0];

    private int[] dropped = new int[16];
    private int droppedCount;

    FrameExtremes(AggregateCall call, int position, boolean keepsAll, OverRows rows) {
        this.rows = rows;
        this.argument = call.arguments().get(0);
        this.sign = call.function().equals("max") ? 1 : -1;
        Integer condition = call.filter();
        this.filter = condition == null ? null : (SlotColumn.Booleans) rows.column(condition);
        this.keepsAll = keepsAll;
        this.position = position;
    }

    @Override
    public void reservePartitions(int count) {
        int before = heads.length;
        if (before < count) {
            heads = Arrays.copyOf(heads, Capacity.grown(count));
            tails = Arrays.copyOf(tails, heads.length);
            Arrays.fill(heads, before, heads.length, NONE);
            Arrays.fill(tails, before, heads.length, NONE);
        }
    }

    private void reserveSlots() {
        if (next.length < rows.limit()) {
            next = Arrays.copyOf(next, Capacity.grown(rows.limit()));
            previous = Arrays.copyOf(previous, next.length);
        }
    }

    @Override
    public void compute(OverSteps steps, Column[] results) {
        reserveSlots();
        int[] found = new int[steps.count];
        SlotColumn values = rows.column(argument);
        int in = 0;
        int out = 0;
        for (int i = 0; i < steps.count; i++) {
            int partition = steps.partitions[i];
            if (keepsAll) {
                for (; in < steps.enteredEnds[i]; in++) {
                    best(steps.entered[in], partition, values);
                }
            } else {
                for (; out < steps.leftEnds[i]; out++) {
                    leave(steps.left[out], partition);
                }
                for (; in < steps.enteredEnds[i]; in++) {
                    enter(steps.entered[in], partition, values);
                }
            }
            found[i] = heads[partition];
        }
        results[position] = values.gather(found, steps.count);
        rows.release(dropped, droppedCount);
        droppedCount = 0;
    }

    private boolean counts(int slot, SlotColumn values) {
        return !values.isNull(slot) && (filter == null || filter.isTrue(slot));
    }

    private void best(int slot, int partition, SlotColumn values) {
        int before = heads[partition];
        if (!counts(slot, values) || (before != NONE && sign * values.compare(slot, before) <= 0)) {
            return;
        }
        rows.use(slot);
        heads[partition] = slot;
        if (before != NONE) {
            drop(before);
        }
    }

    private void drop(int slot) {
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, droppedCount * 2);
        }
        dropped[droppedCount++] = slot;
    }

    private void enter(int slot, int partition, SlotColumn values) {
        if (!counts(slot, values)) {
            return;
        }
        int tail = tails[partition];
        while (tail != NONE && sign * values.compare(slot, tail) >= 0) {
            tail = previous[tail];
        }
        previous[slot] = tail;
        next[slot] = NONE;
        tails[partition] = slot;
        if (tail == NONE) {
            heads[partition] = slot;
        } else {
            next[tail] = slot;
        }
    }

    private void leave(int slot, int partition) {
        if (heads[partition] == slot) {
            int after = next[slot];
            heads[partition] = after;
            if (after == NONE) {
                tails[partition] = NONE;
            } else {
                previous[after] = NONE;
            }
        }
    }

    @Override
    public void refill(int[] slots, int count) {
        reserveSlots();
        for (int i = 0; i < count; i++) {
            enter(slots[i], rows.partitions()[slots[i]], rows.column(argument));
        }
    }

    @Override
    public void clear(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            if (keepsAll && heads[ids[i]] != NONE) {
                drop(heads[ids[i]]);
            }
            heads[ids[i]] = NONE;
            tails[ids[i]] = NONE;
        }
        rows.release(dropped, droppedCount);
        droppedCount = 0;
    }

    @Override
    public boolean holds() {
        return keepsAll;
    }

    @Override
    public void forEachHeld(int partition, IntConsumer held) {
        if (heads[partition] != NONE) {
            held.accept(heads[partition]);
        }
    }

    @Override
    public void restoreHeld(int slot) {
        rows.use(slot);
        heads[rows.partitions()[slot]] = slot;
    }

    @Override
    public long bytes() {
        return HeapSize.of(next)
                + HeapSize.of(previous)
                + HeapSize.of(heads)
                + HeapSize.of(tails)
                + HeapSize.of(dropped);
    }
}
