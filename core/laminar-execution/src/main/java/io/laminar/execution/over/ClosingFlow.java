package io.laminar.execution.over;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.RowSorter;
import io.laminar.execution.key.Rows;
import io.laminar.execution.key.SortKeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.SortKey;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Rows wait until their window closes or, without windows, until the input ends; then they are sorted and leave. */
final class ClosingFlow implements OverFlow {

    /** Windows in the order in which they close. */
    private record Bounds(long end, long start) implements Comparable<Bounds> {
        static final Bounds ALL = new Bounds(Long.MAX_VALUE, Long.MIN_VALUE);

        @Override
        public int compareTo(Bounds other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(start, other.start);
        }

        boolean isClosed(long watermark) {
            return end == Long.MAX_VALUE ? watermark == Long.MAX_VALUE : end - 1 <= watermark;
        }
    }

    /** The rows of a window in order of arrival. */
    private static final class Held {
        private int[] slots = new int[16];
        private int count;

        void add(int[] more) {
            if (slots.length - count < more.length) {
                slots = Arrays.copyOf(slots, Capacity.grown((long) count + more.length));
            }
            System.arraycopy(more, 0, slots, count, more.length);
            count += more.length;
        }

        int[] all() {
            return Arrays.copyOf(slots, count);
        }
    }

    private final OverEvaluation evaluation;
    private final OverRows rows;
    private final WindowSpec.@Nullable Attached window;
    private final List<SortKey> order;
    private final SortKeyRows sortKeys;
    private final TreeMap<Bounds, Held> windows = new TreeMap<>();

    /** @param window null for all rows */
    ClosingFlow(OverEvaluation evaluation, WindowSpec.@Nullable Attached window, List<SortKey> order) {
        this.evaluation = evaluation;
        this.rows = evaluation.rows();
        this.window = window;
        this.order = order;
        List<SortKey> all = new ArrayList<>();
        all.add(new SortKey(0, false, false));
        for (SortKey key : order) {
            all.add(new SortKey(all.size(), key.descending(), key.nullsFirst()));
        }
        this.sortKeys = new SortKeyRows(all);
    }

    @Override
    public void add(Batch batch, long watermark, LateRows late) {
        WindowSpec.Attached bounds = window;
        if (bounds == null) {
            keep(batch, Bounds.ALL, 0, batch.size());
            return;
        }
        long[] starts = ((LongColumn) batch.column(bounds.startColumn())).values();
        long[] ends = ((LongColumn) batch.column(bounds.endColumn())).values();
        for (int from = 0; from < batch.size(); ) {
            int to = from + 1;
            while (to < batch.size() && starts[to] == starts[from] && ends[to] == ends[from]) {
                to++;
            }
            Bounds of = new Bounds(ends[from], starts[from]);
            if (of.isClosed(watermark)) {
                for (int row = from; row < to; row++) {
                    late.add(row);
                }
            } else {
                keep(batch, of, from, to);
            }
            from = to;
        }
    }

    private void keep(Batch batch, Bounds bounds, int from, int to) {
        Batch run = batch.slice(from, to - from);
        int[] all = Rows.first(run.size());
        int[] ids = evaluation.partitions(run, all, run.size());
        hold(bounds, rows.add(run, all, ids, run.size(), evaluation.uses()));
    }

    private void hold(Bounds bounds, int[] slots) {
        windows.computeIfAbsent(bounds, b -> new Held()).add(slots);
    }

    @Override
    public void advance(long watermark, long before, Output out) {
        while (!windows.isEmpty() && windows.firstKey().isClosed(watermark)) {
            Map.Entry<Bounds, Held> closed = windows.pollFirstEntry();
            long end = closed.getKey().end();
            int[] all = closed.getValue().all();
            evaluation.touch(all);
            int[] slots = sorted(all);
            evaluation.append(slots);
            int[] partitions = partitions(slots);
            evaluation.evaluate(slots, (slot, time, reached) -> window == null ? time : end - 1, out);
            evaluation.drop(slots, partitions, partitions.length);
        }
    }

    /** By partition, then by order; sets which rows are of equal order. */
    private int[] sorted(int[] slots) {
        Column[] columns = new Column[1 + order.size()];
        columns[0] = new IntColumn(OverSteps.partitions(slots, slots.length, rows), null, slots.length);
        for (int c = 0; c < order.size(); c++) {
            columns[1 + c] = rows.column(order.get(c).column()).gather(slots, slots.length);
        }
        sortKeys.load(columns, slots.length);
        int[] positions = RowSorter.sort(sortKeys, slots.length);
        int[] sorted = new int[slots.length];
        long peer = 0;
        for (int i = 0; i < sorted.length; i++) {
            sorted[i] = slots[positions[i]];
            if (i > 0 && sortKeys.compare(positions[i - 1], positions[i]) != 0) {
                peer++;
            }
            rows.peers()[sorted[i]] = peer;
        }
        return sorted;
    }

    /** The partitions of rows that are sorted by them. */
    private int[] partitions(int[] slots) {
        int[] found = new int[slots.length];
        int count = 0;
        for (int slot : slots) {
            int partition = rows.partitions()[slot];
            if (count == 0 || found[count - 1] != partition) {
                found[count++] = partition;
            }
        }
        return Arrays.copyOf(found, count);
    }

    @Override
    public void restoreWaiting(Batch batch, int[] slots) {
        WindowSpec.Attached bounds = window;
        if (bounds == null) {
            hold(Bounds.ALL, slots);
            return;
        }
        long[] starts = ((LongColumn) batch.column(bounds.startColumn())).values();
        long[] ends = ((LongColumn) batch.column(bounds.endColumn())).values();
        for (int from = 0; from < slots.length; ) {
            int to = from + 1;
            while (to < slots.length && starts[to] == starts[from] && ends[to] == ends[from]) {
                to++;
            }
            hold(new Bounds(ends[from], starts[from]), Arrays.copyOfRange(slots, from, to));
            from = to;
        }
    }

    @Override
    public void restoreUnfinished(int[] slots, int count) {
        throw new IllegalStateException("rows leave as soon as they have their places");
    }

    @Override
    public boolean isBusy(int partition) {
        return rows.waiting()[partition] > 0;
    }

    @Override
    public long bytes() {
        long bytes = 0;
        for (Held held : windows.values()) {
            bytes += HeapSize.TREE_ENTRY + HeapSize.of(held.slots);
        }
        return bytes;
    }
}
