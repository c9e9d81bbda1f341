package io.laminar.execution.row;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import java.util.Arrays;

/** Changes as slots of kept rows and row kinds, collected to be emitted together. */
public final class SlotChanges {
    private int[] slots = new int[64];
    private byte[] kinds = new byte[64];
    private int size;

    public void add(int slot, byte kind) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, Capacity.grown(size + 1L));
            kinds = Arrays.copyOf(kinds, slots.length);
        }
        slots[size] = slot;
        kinds[size++] = kind;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** Emits what was collected; the slots can be given back afterwards. */
    public void emit(HeldRows rows, Output out) {
        for (int from = 0; from < size; ) {
            int count = Math.min(Batch.TARGET_ROWS, size - from);
            // The two halves of an update stay together.
            boolean splits = from + count < size && kinds[from + count - 1] == RowKind.UPDATE_BEFORE;
            count -= splits ? 1 : 0;
            int[] chunk = Arrays.copyOfRange(slots, from, from + count);
            out.emit(new Batch(
                    count,
                    rows.gather(chunk, count),
                    rows.times(chunk, count),
                    Arrays.copyOfRange(kinds, from, from + count)));
            from += count;
        }
        size = 0;
    }
}
