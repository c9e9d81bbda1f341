package io.laminar.execution.window;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.operator.Output;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Writes the rows of closed windows: keys, results, start and end of the window. */
final class WindowEmitter {

    private WindowEmitter() {}

    /**
     * Emits groups that have rows.
     *
     * @param retracts whether groups may have lost all their rows
     */
    static void emit(
            KeyTable keys, GroupStates states, boolean retracts, int[] groups, long start, long end, Output out) {
        int[] kept = retracts
                ? Arrays.stream(groups).filter(group -> states.rows(group) > 0).toArray()
                : groups;
        for (int from = 0; from < kept.length; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, kept.length - from);
            int[] chunk = count == kept.length ? kept : Arrays.copyOfRange(kept, from, from + count);
            out.emit(batch(keys.columns(chunk, count), states.results(chunk, count), count, start, end));
        }
    }

    static Batch batch(Column[] keys, List<Column> results, int count, long start, long end) {
        List<Column> columns = new ArrayList<>(keys.length + results.size() + 2);
        Collections.addAll(columns, keys);
        columns.addAll(results);
        columns.add(constant(start, count));
        columns.add(constant(end, count));
        return new Batch(count, columns.toArray(new Column[0]), filled(end - 1, count), null);
    }

    static LongColumn constant(long value, int count) {
        return new LongColumn(filled(value, count), null, count);
    }

    static long[] filled(long value, int count) {
        long[] values = new long[count];
        Arrays.fill(values, value);
        return values;
    }
}
