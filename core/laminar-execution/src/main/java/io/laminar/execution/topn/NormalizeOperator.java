package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.RowPicker;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.Operator;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.row.HeldRows;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.RowsByKey;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.NormalizeNode;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * Runs a {@link NormalizeNode}: the row of each key lies in the slot that is the key's id. Of several changes of a key in
 * one batch only the last is looked at. Rows that are taken back have the event time with which they came.
 */
public final class NormalizeOperator implements Operator {
    private static final int NONE = -1;
    private static final int STATE_VERSION = 1;

    private final Schema schema;
    private final List<Integer> keyColumns;
    private final KeyRows batchKeys;
    private final KeyTable keys;
    private final HeldRows rows;
    private final StateTables tables = new StateTables(STATE_VERSION, StateTables.Head.NONE);
    private final RowTracker tracker;
    private int[] ids = new int[Batch.TARGET_ROWS];
    /** By key: its last row in this batch. */
    private int[] last = new int[0];

    private boolean[] present = new boolean[0];

    public NormalizeOperator(NormalizeNode node) {
        schema = node.schema();
        keyColumns = node.keys();
        List<DataType> types = keyColumns.stream().map(schema::type).toList();
        batchKeys = new KeyRows(types);
        keys = KeyTable.of(types);
        rows = new HeldRows(schema);
        tracker = tables.table(keyColumns, this::restoreRows)
                .expecting(keys::expect)
                .open(new RowsByKey(keys, this::held));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        tables.open(operatorContext.keyGroups(), operatorContext.maxParallelism());
    }

    @Override
    public void process(int input, Batch batch, Output out) {
        find(batch);
        Touched known = new Touched(batch.size());
        Touched fresh = new Touched(batch.size());
        int[] gone = new int[batch.size()];
        int goneCount = 0;
        for (int i = 0; i < batch.size(); i++) {
            last[ids[i]] = i;
        }
        for (int i = 0; i < batch.size(); i++) {
            int key = ids[i];
            int row = last[key];
            if (row == NONE) {
                continue;
            }
            last[key] = NONE;
            boolean isGone = RowKind.isRetraction(batch.kind(row));
            if (present[key]) {
                known.add(key, row);
            } else if (!isGone) {
                fresh.add(key, row);
            }
            if (isGone) {
                gone[goneCount++] = key;
            }
        }
        emitChanges(batch, known, out);
        if (fresh.count > 0) {
            out.emit(batch.gather(fresh.rows, fresh.count).withKinds(new byte[fresh.count]));
        }
        known.keepInserts(batch);
        put(batch, known);
        put(batch, fresh);
        forget(gone, goneCount);
    }

    @Override
    public long idleUntil() {
        return Long.MAX_VALUE;
    }

    @Override
    public long stateBytes() {
        return keys.bytes() + rows.bytes() + HeapSize.of(last) + HeapSize.of(present);
    }

    private void find(Batch batch) {
        int size = batch.size();
        if (ids.length < size) {
            ids = new int[size];
        }
        batchKeys.load(batch, keyColumns);
        keys.lookup(batchKeys, Rows.first(size), size, ids);
        int limit = keys.limit();
        rows.reserve(limit);
        tracker.reserve(limit);
        if (last.length < limit) {
            int former = last.length;
            last = Arrays.copyOf(last, Capacity.grown(limit));
            Arrays.fill(last, former, last.length, NONE);
            present = Arrays.copyOf(present, last.length);
        }
    }

    private void emitChanges(Batch batch, Touched known, Output out) {
        int count = known.count;
        if (count == 0) {
            return;
        }
        Batch old = held(known.keys, count);
        Batch now = batch.gather(known.rows, count);
        boolean[] differs = new boolean[count];
        for (int c = 0; c < schema.size(); c++) {
            RowPicker.compare(old.column(c), now.column(c), count, differs);
        }
        int[] chosen = new int[count * 2];
        boolean[] fromNow = new boolean[count * 2];
        byte[] kinds = new byte[count * 2];
        long[] times = new long[count * 2];
        int size = 0;
        for (int i = 0; i < count; i++) {
            boolean isGone = RowKind.isRetraction(now.kind(i));
            if (!isGone && !differs[i]) {
                continue;
            }
            chosen[size] = i;
            times[size] = old.rowtime()[i];
            kinds[size++] = isGone ? RowKind.DELETE : RowKind.UPDATE_BEFORE;
            if (!isGone) {
                chosen[size] = i;
                fromNow[size] = true;
                times[size] = now.rowtime()[i];
                kinds[size++] = RowKind.UPDATE_AFTER;
            }
        }
        if (size == 0) {
            return;
        }
        Column[] columns = new Column[schema.size()];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = RowPicker.pick(schema.type(c), old.column(c), now.column(c), fromNow, chosen, size);
        }
        out.emit(new Batch(size, columns, times, kinds));
    }

    private Batch held(int[] slots, int count) {
        return new Batch(count, rows.gather(slots, count), rows.times(slots, count), null);
    }

    private void put(Batch batch, Touched touched) {
        tracker.touch(touched.keys, touched.count);
        rows.put(batch, touched.rows, touched.keys, touched.count);
        for (int i = 0; i < touched.count; i++) {
            present[touched.keys[i]] = true;
        }
    }

    private void forget(int[] gone, int count) {
        tracker.remove(gone, count);
        for (int i = 0; i < count; i++) {
            if (present[gone[i]]) {
                rows.release(gone[i]);
                present[gone[i]] = false;
            }
        }
        keys.remove(gone, count);
    }

    @Override
    public StateTables tables() {
        return tables;
    }

    private void restoreRows(Batch saved) {
        find(saved);
        rows.put(saved, Rows.first(saved.size()), ids, saved.size());
        for (int i = 0; i < saved.size(); i++) {
            present[ids[i]] = true;
        }
    }

    /** Keys that a batch changes, each with its last row there. */
    private static final class Touched {
        private final int[] keys;
        private final int[] rows;
        private int count;

        Touched(int most) {
            keys = new int[most];
            rows = new int[most];
        }

        void add(int key, int row) {
            keys[count] = key;
            rows[count++] = row;
        }

        /** Drops the keys whose row is gone. */
        void keepInserts(Batch batch) {
            int kept = 0;
            for (int i = 0; i < count; i++) {
                if (!RowKind.isRetraction(batch.kind(rows[i]))) {
                    keys[kept] = keys[i];
                    rows[kept++] = rows[i];
                }
            }
            count = kept;
        }
    }
}
