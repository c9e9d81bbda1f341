package io.laminar.execution.row;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.memory.HeapSize;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.Arrays;

/**
 * Rows that are kept, as columns: each lies in a slot, and slots are given out again. Slots are either chosen here
 * ({@link #claim}) or by the caller.
 */
public final class HeldRows {
    private final HeldColumn[] columns;
    /** Those whose values take memory beside their slots. */
    private final HeldColumn[] owners;

    private long[] times = new long[0];
    private int limit;
    private int[] free = new int[0];
    private int freeCount;

    public HeldRows(Schema schema) {
        columns = new HeldColumn[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            Field field = schema.field(c);
            columns[c] = HeldColumn.of(field.type());
        }
        owners = Arrays.stream(columns)
                .filter(column -> column instanceof HeldBytes || column instanceof HeldNested)
                .toArray(HeldColumn[]::new);
    }

    /** Makes room for slots below {@code slots}. */
    public void reserve(int slots) {
        if (times.length < slots) {
            times = Arrays.copyOf(times, Capacity.grown(slots));
            for (HeldColumn column : columns) {
                column.reserve(times.length);
            }
        }
    }

    /** A slot that is not in use. */
    public int claim() {
        if (freeCount > 0) {
            return free[--freeCount];
        }
        reserve(limit + 1);
        return limit++;
    }

    /** All slots that were claimed are below this. */
    public int limit() {
        return limit;
    }

    /** Gives a claimed slot back. */
    public void giveBack(int slot) {
        release(slot);
        if (freeCount == free.length) {
            free = Arrays.copyOf(free, Capacity.grown(freeCount + 1L));
        }
        free[freeCount++] = slot;
    }

    /** Gives up the memory that a row takes beside its slot. */
    public void release(int slot) {
        for (HeldColumn column : owners) {
            column.release(slot);
        }
    }

    /** Puts row {@code rows[i]} into slot {@code slots[i]}, in this order. */
    public void put(Batch batch, int[] rows, int[] slots, int count) {
        for (int i = 0; i < count; i++) {
            times[slots[i]] = batch.rowtime()[rows[i]];
        }
        for (int c = 0; c < columns.length; c++) {
            columns[c].put(batch.column(c), rows, slots, count);
        }
    }

    public long time(int slot) {
        return times[slot];
    }

    /** The rows in slots as columns that stay valid whatever happens to the slots. */
    public Column[] gather(int[] slots, int count) {
        Column[] gathered = new Column[columns.length];
        for (int c = 0; c < columns.length; c++) {
            gathered[c] = columns[c].gather(slots, count);
        }
        return gathered;
    }

    /** One column of the rows in slots. */
    public Column gather(int column, int[] slots, int count) {
        return columns[column].gather(slots, count);
    }

    public long[] times(int[] slots, int count) {
        long[] gathered = new long[count];
        for (int i = 0; i < count; i++) {
            gathered[i] = times[slots[i]];
        }
        return gathered;
    }

    /** Whether two slots hold the same row, whatever its event time. */
    public boolean same(int left, int right) {
        for (HeldColumn column : columns) {
            if (!column.same(left, right)) {
                return false;
            }
        }
        return true;
    }

    /** Heap that the rows take, nearly. */
    public long bytes() {
        long bytes = HeapSize.of(times) + HeapSize.of(free);
        for (HeldColumn column : columns) {
            bytes += column.bytes();
        }
        return bytes;
    }
}
