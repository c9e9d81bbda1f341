package io.laminar.execution.join;

import io.laminar.execution.key.KeyTable;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.OperatorContext;
import io.laminar.execution.operator.Output;
import io.laminar.execution.window.PaneSplit;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.WindowJoinNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Runs a {@link WindowJoinNode}: keeps the rows of open windows and joins those of a window by hashing when it closes. */
public final class WindowJoinOperator extends TimedJoinOperator {
    private static final int LEFT = 0;
    private static final int RIGHT = 1;

    /** Windows in the order in which they close. */
    private record Bounds(long end, long start) implements Comparable<Bounds> {
        @Override
        public int compareTo(Bounds other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(start, other.start);
        }
    }

    /** The rows of both sides that are in a window. */
    private record Window(RowIds left, RowIds right) {}

    private final WindowJoinNode node;
    private final JoinParts parts;
    private final SideRows left;
    private final SideRows right;
    private final PairWriter pairs;
    private final PaneSplit split = new PaneSplit();
    private final TreeMap<Bounds, Window> open = new TreeMap<>();
    /** The event time of the rows of the window that closes. */
    private long rowtime;

    private final int[] ids = new int[Batch.TARGET_ROWS];
    /** First position + 1, in the list of right rows, of each key; then the next of each position. */
    private int[] heads = new int[0];

    private int[] next = new int[0];

    public WindowJoinOperator(WindowJoinNode node) {
        this.node = node;
        this.parts = node.parts();
        this.left = SideRows.left(parts);
        this.right = SideRows.right(parts);
        this.pairs = new PairWriter(parts, left, right, (leftRows, rightRows, count) -> times(count));
        left.track(tables(), copied -> restore(LEFT, left, copied));
        right.track(tables(), copied -> restore(RIGHT, right, copied));
    }

    @Override
    public void open(OperatorContext operatorContext) {
        super.open(operatorContext);
        pairs.open(operatorContext);
    }

    private long[] times(int count) {
        long[] times = new long[count];
        Arrays.fill(times, rowtime);
        return times;
    }

    @Override
    void add(int input, Batch batch, long watermark, LateRows late, Output out) {
        WindowSpec.Attached window = input == LEFT ? node.leftWindow() : node.rightWindow();
        SideRows side = input == LEFT ? left : right;
        split.split(
                ((LongColumn) batch.column(window.startColumn())).values(),
                ((LongColumn) batch.column(window.endColumn())).values(),
                batch.size());
        for (int p = 0; p < split.panes(); p++) {
            int count = split.count(p);
            if (split.end(p) - 1 <= watermark) {
                late.add(split.rows(p), count);
            } else {
                Window rows = open.computeIfAbsent(
                        new Bounds(split.end(p), split.start(p)), b -> new Window(new RowIds(), new RowIds()));
                (input == LEFT ? rows.left() : rows.right()).add(side.add(batch, split.rows(p), count), count);
            }
        }
    }

    @Override
    void advance(long before, long watermark, Output out) {
        while (!open.isEmpty() && open.firstKey().end() - 1 <= watermark) {
            Map.Entry<Bounds, Window> closed = open.pollFirstEntry();
            rowtime = closed.getKey().end() - 1;
            join(closed.getValue(), out);
        }
    }

    private void join(Window window, Output out) {
        if (!window.left().isEmpty() && !window.right().isEmpty()) {
            KeyTable table = right.newKeyTable();
            index(table, window.right());
            probe(table, window.left(), window.right(), out);
            Arrays.fill(heads, 0, table.limit(), 0);
            pairs.flush(out);
        }
        if (parts.type().keepsLeft()) {
            RowIds alone = unmatched(left, window.left());
            pairs.emitLeft(alone.ids(), times(alone.size()), alone.size(), out);
        }
        if (parts.type().keepsRight()) {
            RowIds alone = unmatched(right, window.right());
            pairs.emitRight(alone.ids(), times(alone.size()), alone.size(), out);
        }
        left.remove(window.left().ids(), window.left().size());
        right.remove(window.right().ids(), window.right().size());
    }

    /** Lists the right rows of a window by key. */
    private void index(KeyTable table, RowIds rows) {
        if (next.length < rows.size()) {
            next = new int[rows.size()];
        }
        for (int from = 0; from < rows.size(); from += Batch.TARGET_ROWS) {
            int size = Math.min(Batch.TARGET_ROWS, rows.size() - from);
            SideRows.Selection usable = load(right, rows.ids(from, size), size);
            table.lookup(right.keys(), usable.rows(), usable.count(), ids);
            if (heads.length < table.limit()) {
                heads = Arrays.copyOf(heads, Math.max(table.limit(), heads.length * 2));
            }
            for (int i = 0; i < usable.count(); i++) {
                int position = from + usable.rows()[i];
                next[position] = heads[ids[i]];
                heads[ids[i]] = position + 1;
            }
        }
    }

    private void probe(KeyTable table, RowIds leftRows, RowIds rightRows, Output out) {
        for (int from = 0; from < leftRows.size(); from += Batch.TARGET_ROWS) {
            int size = Math.min(Batch.TARGET_ROWS, leftRows.size() - from);
            SideRows.Selection usable = load(left, leftRows.ids(from, size), size);
            table.find(left.keys(), usable.rows(), usable.count(), ids);
            for (int i = 0; i < usable.count(); i++) {
                int row = leftRows.get(from + usable.rows()[i]);
                int at = ids[i] == KeyTable.ABSENT ? 0 : heads[ids[i]];
                while (at != 0 && !pairs.isSettled(row)) {
                    pairs.add(row, rightRows.get(at - 1), out);
                    at = next[at - 1];
                }
            }
        }
    }

    /** Loads the keys of rows and says which of them can match. */
    private SideRows.Selection load(SideRows side, int[] rows, int size) {
        Column[] columns = side.keyColumns(rows, size);
        side.load(columns, size);
        return side.matchable(columns, Rows.first(size), size);
    }

    private static RowIds unmatched(SideRows side, RowIds rows) {
        RowIds alone = new RowIds();
        for (int i = 0; i < rows.size(); i++) {
            if (!side.isMatched(rows.get(i))) {
                alone.add(rows.get(i));
            }
        }
        return alone;
    }

    private void restore(int input, SideRows side, Batch copied) {
        add(input, side.row(copied), Long.MIN_VALUE, new LateRows(), nothing -> {});
    }

    @Override
    public long idleUntil() {
        return open.isEmpty() ? Long.MAX_VALUE : open.firstKey().end() - 1;
    }

    @Override
    public long stateBytes() {
        long bytes = left.bytes() + right.bytes() + HeapSize.of(heads) + HeapSize.of(next);
        for (Window window : open.values()) {
            bytes += HeapSize.TREE_ENTRY + window.left.bytes() + window.right.bytes();
        }
        return bytes;
    }
}
