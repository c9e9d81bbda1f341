package io.laminar.execution.relational;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.memory.HeapSize;
import io.laminar.plan.node.SetOperationNode.Kind;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/** How often each row is on the left side, on the right side, and in what was emitted. */
final class SideCounts {
    private final KeyTable rows;
    private final Kind kind;
    private final boolean all;
    private long[] left = new long[0];
    private long[] right = new long[0];
    private long[] emitted = new long[0];
    private long[] times = new long[0];

    SideCounts(List<DataType> types, Kind kind, boolean all) {
        this.rows = KeyTable.of(types);
        this.kind = kind;
        this.all = all;
    }

    KeyTable rows() {
        return rows;
    }

    void reserve(int limit) {
        if (left.length < limit) {
            int capacity = Capacity.grown(limit);
            left = Arrays.copyOf(left, capacity);
            right = Arrays.copyOf(right, capacity);
            emitted = Arrays.copyOf(emitted, capacity);
            times = Arrays.copyOf(times, capacity);
        }
    }

    /**
     * Counts the rows of a batch.
     *
     * @param fromRight which rows are of the right side
     * @param strict whether every row that is taken back must be there; otherwise it may have been forgotten
     */
    void apply(Batch batch, boolean[] fromRight, int[] ids, boolean strict) {
        byte[] kinds = batch.kinds();
        long[] rowtime = batch.rowtime();
        for (int i = 0; i < batch.size(); i++) {
            int id = ids[i];
            long[] side = fromRight[i] ? right : left;
            if (kinds == null || !RowKind.isRetraction(kinds[i])) {
                side[id]++;
                times[id] = isEmptyBut(id, side) ? rowtime[i] : Math.max(times[id], rowtime[i]);
            } else if (side[id] > 0) {
                side[id]--;
            } else if (strict) {
                throw new LaminarException(
                        ErrorCode.INTERNAL, "a change takes back a row that is not there; its input is no changelog");
            }
        }
    }

    /** Whether a row has just come for the first time. */
    private boolean isEmptyBut(int id, long[] side) {
        return side[id] == 1 && left[id] + right[id] == 1 && emitted[id] == 0;
    }

    /** How often a row should be in the result. */
    long wanted(int row) {
        if (kind == Kind.INTERSECT) {
            long both = Math.min(left[row], right[row]);
            return all ? both : Math.min(1, both);
        }
        if (all) {
            return Math.max(0, left[row] - right[row]);
        }
        return left[row] > 0 && right[row] == 0 ? 1 : 0;
    }

    long emitted(int row) {
        return emitted[row];
    }

    /** Remembers that a row has been emitted as often as it is wanted. */
    void settle(int row) {
        emitted[row] = wanted(row);
    }

    boolean isEmpty(int row) {
        return left[row] == 0 && right[row] == 0;
    }

    void remove(int[] ids, int count) {
        for (int i = 0; i < count; i++) {
            int row = ids[i];
            left[row] = 0;
            right[row] = 0;
            emitted[row] = 0;
        }
        if (count > 0) {
            rows.remove(ids, count);
        }
    }

    long[] times(int[] ids, int count) {
        return pick(times, ids, count);
    }

    private static long[] pick(long[] values, int[] ids, int count) {
        long[] picked = new long[count];
        for (int i = 0; i < count; i++) {
            picked[i] = values[ids[i]];
        }
        return picked;
    }

    /** Rows, and behind their columns how often they are on either side and in what was emitted. */
    Batch copy(int[] ids, int count) {
        Column[] values = rows.columns(ids, count);
        Column[] columns = Arrays.copyOf(values, values.length + 3);
        columns[values.length] = new LongColumn(pick(left, ids, count), null, count);
        columns[values.length + 1] = new LongColumn(pick(right, ids, count), null, count);
        columns[values.length + 2] = new LongColumn(pick(emitted, ids, count), null, count);
        return new Batch(count, columns, times(ids, count), null);
    }

    /**
     * Takes over copied rows that have got their ids.
     *
     * @param width columns of the rows, before the counts
     */
    void load(Batch copied, int width, int[] ids) {
        LongColumn savedLeft = (LongColumn) copied.column(width);
        LongColumn savedRight = (LongColumn) copied.column(width + 1);
        LongColumn savedEmitted = (LongColumn) copied.column(width + 2);
        for (int i = 0; i < copied.size(); i++) {
            int row = ids[i];
            left[row] += savedLeft.value(i);
            right[row] += savedRight.value(i);
            emitted[row] += savedEmitted.value(i);
            times[row] = copied.rowtime()[i];
        }
    }

    /** Heap that the counts take, nearly. */
    long bytes() {
        return rows.bytes() + HeapSize.of(left) + HeapSize.of(right) + HeapSize.of(emitted) + HeapSize.of(times);
    }
}
