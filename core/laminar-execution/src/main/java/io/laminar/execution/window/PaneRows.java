package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.state.RowTracker;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StoredRows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;

/** The groups of a pane as rows of state: key, states, start and end of the pane. */
final class PaneRows implements StoredRows {
    private final Groups groups;
    private final long start;
    private final long end;

    PaneRows(Groups groups, long start, long end) {
        this.groups = groups;
        this.start = start;
        this.end = end;
    }

    /** Lets a table follow a pane. */
    static Groups track(Groups groups, long start, long end, StateTable table) {
        groups.track(table.open(new PaneRows(groups, start, end)));
        return groups;
    }

    /** Says that a pane is about to be forgotten. */
    static void forget(Groups groups, StateTable table) {
        RowTracker tracker = groups.tracker();
        if (tracker != null) {
            table.close(tracker);
            groups.track(null);
        }
    }

    @Override
    public int limit() {
        return groups.keys().limit();
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        groups.keys().mark(marks, bit);
    }

    @Override
    public Batch copy(int[] ids, int count) {
        return withBounds(groups.save(ids, count), start, end);
    }

    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        groups.keys().hash(ids, count, hashes);
    }

    /** Rows with start and end behind their columns. */
    static Batch withBounds(Batch rows, long start, long end) {
        int width = rows.width();
        var columns = Arrays.copyOf(rows.columns(), width + 2);
        columns[width] = WindowEmitter.constant(start, rows.size());
        columns[width + 1] = WindowEmitter.constant(end, rows.size());
        return rows.withColumns(columns);
    }

    /** Takes rows of one pane, or of several. */
    interface Reader {
        void pane(long start, long end, Batch rows);
    }

    /** Splits rows that have bounds behind their columns by panes. */
    static void read(Batch rows, Reader reader) {
        long[] starts = ((LongColumn) rows.column(rows.width() - 2)).values();
        long[] ends = ((LongColumn) rows.column(rows.width() - 1)).values();
        for (int from = 0; from < rows.size(); ) {
            int to = from + 1;
            while (to < rows.size() && starts[to] == starts[from] && ends[to] == ends[from]) {
                to++;
            }
            reader.pane(starts[from], ends[from], rows.slice(from, to - from));
            from = to;
        }
    }

    /** Adds saved groups to those of a pane. */
    static void load(Batch saved, Groups groups, KeyRows keys, int keyColumns) {
        keys.load(Arrays.copyOf(saved.columns(), keyColumns), saved.size());
        groups.load(saved, keys, keyColumns);
    }
}
