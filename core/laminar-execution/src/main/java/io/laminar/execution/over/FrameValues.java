package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverFunction;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.ColumnBuilder;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * The value in the n-th row of a frame, from its start or its end. The rows that count are linked in order, and the n-th
 * one is followed. Where no row leaves, the rows that matter are held: the n-th one, or the last n.
 */
final class FrameValues implements OverResults {
    private static final int NONE = OverRows.NONE;

    private final OverRows rows;
    private final List<Integer> arguments;
    private final DataType type;
    private final boolean ignoreNulls;
    private final boolean fromLast;
    private final long number;
    private final boolean keepsAll;
    private final int position;

    /** By slot: the next row that counts. */
    private int[] links = new int[0];
    /** By partition. */
    private int[] heads = new int[0];

    private int[] tails = new int[0];
    private int[] found = new int[0];
    private long[] counts = new long[0];

    private int[] dropped = new int[16];
    private int droppedCount;

    FrameValues(OverCall call, int position, boolean keepsAll, OverRows rows) {
        this.rows = rows;
        this.arguments = call.call().arguments();
        this.type = call.call().type();
        this.ignoreNulls = call.ignoreNulls();
        this.fromLast = call.function() == OverFunction.NTH_FROM_LAST;
        this.number = call.number();
        this.keepsAll = keepsAll;
        this.position = position;
    }

    @Override
    public void reservePartitions(int count) {
        int before = heads.length;
        if (before < count) {
            heads = Arrays.copyOf(heads, Capacity.grown(count));
            tails = Arrays.copyOf(tails, heads.length);
            found = Arrays.copyOf(found, heads.length);
            counts = Arrays.copyOf(counts, heads.length);
            Arrays.fill(heads, before, heads.length, NONE);
            Arrays.fill(tails, before, heads.length, NONE);
            Arrays.fill(found, before, heads.length, NONE);
        }
    }

    private void reserveSlots() {
        if (links.length < rows.limit()) {
            links = Arrays.copyOf(links, Capacity.grown(rows.limit()));
        }
    }

    @Override
    public void compute(OverSteps steps, Column[] results) {
        reserveSlots();
        int[] slots = new int[steps.count];
        SlotColumn values = rows.column(arguments.get(0));
        int in = 0;
        int out = 0;
        for (int i = 0; i < steps.count; i++) {
            int partition = steps.partitions[i];
            for (; !keepsAll && out < steps.leftEnds[i]; out++) {
                leave(steps.left[out], partition);
            }
            for (; in < steps.enteredEnds[i]; in++) {
                enter(steps.entered[in], partition, values);
            }
            slots[i] = found[partition];
        }
        results[position] = arguments.size() > 1 ? withDefaults(steps, slots) : values.gather(slots, steps.count);
        rows.release(dropped, droppedCount);
        droppedCount = 0;
    }

    /** Where the frame has no such row the second argument, of the row itself. */
    private Column withDefaults(OverSteps steps, int[] slots) {
        Column values = rows.column(arguments.get(0)).gather(slots, steps.count);
        Column defaults = rows.column(arguments.get(1)).gather(steps.rows, steps.count);
        ColumnBuilder builder = ColumnBuilder.of(type, steps.count);
        for (int i = 0; i < steps.count; i++) {
            builder.appendFrom(slots[i] == NONE ? defaults : values, i);
        }
        return builder.build();
    }

    private void enter(int slot, int partition, SlotColumn values) {
        if (ignoreNulls && values.isNull(slot)) {
            return;
        }
        if (!keepsAll) {
            link(slot, partition);
        } else if (fromLast) {
            rows.use(slot);
            link(slot, partition);
            if (counts[partition] > number) {
                int first = heads[partition];
                heads[partition] = links[first];
                counts[partition]--;
                drop(first);
            }
        } else if (counts[partition] < number && ++counts[partition] == number) {
            rows.use(slot);
            found[partition] = slot;
        }
    }

    private void link(int slot, int partition) {
        links[slot] = NONE;
        if (tails[partition] == NONE) {
            heads[partition] = slot;
        } else {
            links[tails[partition]] = slot;
        }
        tails[partition] = slot;
        long count = ++counts[partition];
        if (count == number) {
            found[partition] = fromLast ? heads[partition] : slot;
        } else if (fromLast && count > number) {
            found[partition] = links[found[partition]];
        }
    }

    private void leave(int slot, int partition) {
        if (heads[partition] != slot) {
            return;
        }
        heads[partition] = links[slot];
        if (links[slot] == NONE) {
            tails[partition] = NONE;
        }
        counts[partition]--;
        if (counts[partition] < number) {
            found[partition] = NONE;
        } else if (!fromLast) {
            found[partition] = links[found[partition]];
        }
    }

    private void drop(int slot) {
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, droppedCount * 2);
        }
        dropped[droppedCount++] = slot;
    }

    @Override
    public void refill(int[] slots, int count) {
        reserveSlots();
        for (int i = 0; i < count; i++) {
            enter(slots[i], rows.partitions()[slots[i]], rows.column(arguments.get(0)));
        }
    }

    @Override
    public void clear(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            int partition = ids[i];
            if (keepsAll && fromLast) {
                for (int slot = heads[partition]; slot != NONE; slot = links[slot]) {
                    drop(slot);
                }
            } else if (keepsAll && found[partition] != NONE) {
                drop(found[partition]);
            }
            heads[partition] = NONE;
            tails[partition] = NONE;
            found[partition] = NONE;
            counts[partition] = 0;
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
        if (!fromLast && found[partition] != NONE) {
            held.accept(found[partition]);
        }
        for (int slot = heads[partition]; slot != NONE; slot = links[slot]) {
            held.accept(slot);
        }
    }

    @Override
    public void restoreHeld(int slot) {
        reserveSlots();
        rows.use(slot);
        if (fromLast) {
            link(slot, rows.partitions()[slot]);
        } else {
            found[rows.partitions()[slot]] = slot;
        }
    }

    /** How many rows have counted, which rows held from the end tell by themselves. */
    @Override
    public Column[] save(int[] ids, int count) {
        if (!keepsAll || fromLast) {
            return new Column[0];
        }
        long[] saved = new long[count];
        for (int i = 0; i < count; i++) {
            saved[i] = counts[ids[i]];
        }
        return new Column[] {new LongColumn(saved, null, count)};
    }

    @Override
    public int load(Batch saved, int from, int[] ids) {
        if (!keepsAll || fromLast) {
            return 0;
        }
        long[] values = ((LongColumn) saved.column(from)).values();
        for (int i = 0; i < saved.size(); i++) {
            counts[ids[i]] = values[i];
        }
        return 1;
    }

    @Override
    public long bytes() {
        return HeapSize.of(links)
                + HeapSize.of(heads)
                + HeapSize.of(tails)
                + HeapSize.of(found)
                + HeapSize.of(counts)
                + HeapSize.of(dropped);
    }
}
