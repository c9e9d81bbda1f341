package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;

/**
 * Changes that wait, as rows of state: the keys of groups that have never been emitted; and keys and results of those
 * whose results were emitted before they changed.
 */
public final class HeldResults {
    private final Groups groups;
    private final PendingChanges pending;

    HeldResults(Groups groups, PendingChanges pending) {
        this.groups = groups;
        this.pending = pending;
    }

    /** Keys of the groups that have never been emitted. */
    public List<Supplier<Batch>> added() {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        int[] added = pending.added();
        for (int from = 0; from < added.length; from += Batch.TARGET_ROWS) {
            int[] some = Arrays.copyOfRange(added, from, Math.min(added.length, from + Batch.TARGET_ROWS));
            pieces.add(() -> batch(some, List.of()));
        }
        return pieces;
    }

    /** Keys and results of the groups that were emitted before they changed. */
    public List<Supplier<Batch>> before() {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        for (PendingChanges.Before before : pending.before()) {
            pieces.add(() -> batch(before.groups(), before.results()));
        }
        return pieces;
    }

    private Batch batch(int[] ids, List<Column> results) {
        List<Column> columns = new ArrayList<>();
        Collections.addAll(columns, groups.keys().columns(ids, ids.length));
        columns.addAll(results);
        return new Batch(ids.length, columns.toArray(new Column[0]), new long[ids.length], null);
    }

    void restoreAdded(Batch rows, KeyRows keys, int keyColumns) {
        for (int group : find(rows, keys, keyColumns)) {
            pending.restore(group, false);
        }
    }

    /** @param width of keys and results; what is behind them is not taken */
    void restoreBefore(Batch rows, KeyRows keys, int keyColumns, int width) {
        pending.restore(find(rows, keys, keyColumns), List.of(Arrays.copyOfRange(rows.columns(), keyColumns, width)));
    }

    private int[] find(Batch rows, KeyRows keys, int keyColumns) {
        keys.load(Arrays.copyOf(rows.columns(), keyColumns), rows.size());
        return Arrays.copyOf(groups.find(keys, Rows.first(rows.size()), rows.size()), rows.size());
    }
}
