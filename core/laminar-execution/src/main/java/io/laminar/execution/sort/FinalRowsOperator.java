package io.laminar.execution.sort;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.RowsByKey;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.FinalRowsNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Runs a {@link FinalRowsNode}: counts equal rows, and emits those that are left when the input ends. */
public final class FinalRowsOperator implements Operator {
    private static final int STATE_VERSION = 1;

    private final KeyRows keys;
    private final KeyTable rows;
    private final StateTables tables = new StateTables(STATE_VERSION, StateTables.Head.NONE);
    private final RowTracker tracker;
    private long[] counts = new long[0];
    private long[] times = new long[0];
    private int[] ids = new int[Batch.TARGET_ROWS];

    public FinalRowsOperator(FinalRowsNode node) {
        List<DataType> types =
                node.schema().fields().stream().map(field -> field.type()).toList();
        keys = new KeyRows(types);
        rows = KeyTable.of(types);
        tracker = tables.table(IntStream.range(0, types.size()).boxed().toList(), this::restoreRows)
                .expecting(rows::expect)
                .open(new RowsByKey(rows, this::copyRows));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        int size = batch.size();
        find(batch.columns(), size);
        tracker.touch(ids, size);
        int[] gone = new int[size];
        int count = 0;
        for (int i = 0; i < size; i++) {
            int id = ids[i];
            if (RowKind.isRetraction(batch.kind(i))) {
                if (counts[id] == 0) {
                    throw new LaminarException(
                            ErrorCode.INTERNAL,
                            "a change takes back a row that is not there; its input is no changelog");
                }
                if (--counts[id] == 0) {
                    gone[count++] = id;
                }
            } else {
                counts[id]++;
                times[id] = batch.rowtime()[i];
            }
        }
        removeGone(gone, count);
    }

    private void find(Column[] columns, int size) {
        if (ids.length < size) {
            ids = new int[size];
        }
        keys.load(columns, size);
        rows.lookup(keys, Rows.first(size), size, ids);
        tracker.reserve(rows.limit());
        if (counts.length < rows.limit()) {
            counts = Arrays.copyOf(counts, Capacity.grown(rows.limit()));
            times = Arrays.copyOf(times, counts.length);
        }
    }

    /** Removes rows that were counted down to zero and have not come again. */
    private void removeGone(int[] gone, int count) {
        Arrays.sort(gone, 0, count);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            boolean first = i == 0 || gone[i] != gone[i - 1];
            if (first && counts[gone[i]] == 0) {
                gone[kept++] = gone[i];
            }
        }
        if (kept > 0) {
            tracker.remove(gone, kept);
            rows.remove(gone, kept);
        }
    }

    @Override
    public void finish(Output out) {
        int[] all = rows.ids();
        for (int from = 0; from < all.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, all.length - from);
            emit(Arrays.copyOfRange(all, from, from + count), count, out);
        }
    }

    private void emit(int[] chunk, int count, Output out) {
        long[] rowtimes = new long[count];
        long most = 0;
        for (int i = 0; i < count; i++) {
            rowtimes[i] = times[chunk[i]];
            most = Math.max(most, counts[chunk[i]]);
        }
        Batch batch = new Batch(count, rows.columns(chunk, count), rowtimes, null);
        out.emit(batch);
        for (long copy = 2; copy <= most; copy++) {
            int[] again = new int[count];
            int number = 0;
            for (int i = 0; i < count; i++) {
                again[number] = i;
                number += counts[chunk[i]] >= copy ? 1 : 0;
            }
            out.emit(batch.gather(again, number));
        }
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    /** Rows, and behind their columns how often each is there. */
    private Batch copyRows(int[] some, int count) {
        long[] rowtimes = new long[count];
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            rowtimes[i] = times[some[i]];
            numbers[i] = counts[some[i]];
        }
        Column[] columns = rows.columns(some, count);
        Column[] counted = Arrays.copyOf(columns, columns.length + 1);
        counted[columns.length] = new LongColumn(numbers, null, count);
        return new Batch(count, counted, rowtimes, null);
    }

    /** Rows whose keys were not exchanged may have been in several subtasks. */
    private void restoreRows(Batch saved) {
        int width = saved.width() - 1;
        find(Arrays.copyOf(saved.columns(), width), saved.size());
        LongColumn numbers = (LongColumn) saved.column(width);
        for (int i = 0; i < saved.size(); i++) {
            counts[ids[i]] += numbers.value(i);
            times[ids[i]] = saved.rowtime()[i];
        }
    }

    @Override
    public long idleUntil() {
        return Long.MAX_VALUE;
    }

    @Override
    public long stateBytes() {
        return rows.bytes() + HeapSize.of(counts) + HeapSize.of(times);
    }
}
