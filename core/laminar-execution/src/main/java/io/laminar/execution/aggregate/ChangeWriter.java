package io.laminar.execution.aggregate;

import io.laminar.execution.key.RowPicker;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** Writes what changed in a set of groups: +I, pairs of -U and +U or +U alone, and -D. */
final class ChangeWriter {
    private final List<DataType> keyTypes;
    private final List<AggregateCall> calls;
    private final boolean upserts;

    /** @param upserts whether -U is left out */
    ChangeWriter(List<DataType> keyTypes, List<AggregateCall> calls, boolean upserts) {
        this.keyTypes = keyTypes;
        this.calls = calls;
        this.upserts = upserts;
    }

    /** Emits groups for the first time. */
    void emitInserts(Groups groups, int[] ids, long rowtime, boolean asChangelog, Output out) {
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, ids.length - from);
            int[] chunk = Arrays.copyOfRange(ids, from, from + count);
            Column[] columns = AggregateOperator.columns(
                    groups.keys().columns(chunk, count), groups.states().results(chunk, count));
            // All zero is all inserts; a changelog says so explicitly.
            out.emit(new Batch(count, columns, times(rowtime, count), asChangelog ? new byte[count] : null));
        }
    }

    /** Emits groups that were emitted before, where they differ. */
    void emitChanged(PendingChanges.Before before, Groups groups, IntPredicate alive, long rowtime, Output out) {
        int[] ids = before.groups();
        int count = ids.length;
        List<Column> after = groups.states().results(ids, count);
        boolean[] differs = new boolean[count];
        for (int call = 0; call < calls.size(); call++) {
            RowPicker.compare(before.results().get(call), after.get(call), count, differs);
        }
        int[] rows = new int[count * 2];
        boolean[] fromAfter = new boolean[count * 2];
        byte[] kinds = new byte[count * 2];
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (!alive.test(ids[i])) {
                rows[size] = i;
                kinds[size++] = RowKind.DELETE;
            } else if (differs[i]) {
                if (!upserts) {
                    rows[size] = i;
                    kinds[size++] = RowKind.UPDATE_BEFORE;
                }
                rows[size] = i;
                fromAfter[size] = true;
                kinds[size++] = RowKind.UPDATE_AFTER;
            }
        }
        if (size == 0) {
            return;
        }
        Column[] keyColumns = groups.keys().columns(ids, count);
        Column[] columns = new Column[keyTypes.size() + calls.size()];
        for (int i = 0; i < keyColumns.length; i++) {
            columns[i] = keyColumns[i].gather(rows, size);
        }
        for (int call = 0; call < calls.size(); call++) {
            columns[keyColumns.length + call] = RowPicker.pick(
                    calls.get(call).type(), before.results().get(call), after.get(call), fromAfter, rows, size);
        }
        out.emit(new Batch(size, columns, times(rowtime, size), kinds));
    }

    private static long[] times(long rowtime, int count) {
        long[] times = new long[count];
        Arrays.fill(times, rowtime);
        return times;
    }
}
