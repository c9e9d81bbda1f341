package io.laminar.execution.window;

import io.laminar.execution.aggregate.ChangingGroups;
import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.aggregate.HeldResults;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Windows that are emitted while they are open. Each is complete in itself: a row goes into every window that covers it,
 * since what windows share could only be combined when one closes.
 */
final class EarlyWindows implements WindowState {

    /** Windows in the order in which they close. */
    private record Bounds(long end, long start) implements Comparable<Bounds> {
        @Override
        public int compareTo(Bounds other) {
            int byEnd = Long.compare(end, other.end);
            return byEnd != 0 ? byEnd : Long.compare(start, other.start);
        }
    }

    private final WindowContext context;
    private final @Nullable WindowFrames frames;
    private final WindowSpec.@Nullable Attached attached;
    private final KeyRows keys;
    private final PaneSplit split = new PaneSplit();
    private final TreeMap<Bounds, ChangingGroups> open = new TreeMap<>();
    private final StateTables tables;
    private final StateTable table;
    private final boolean upserts;

    /** @param upserts whether -U is left out */
    EarlyWindows(WindowContext context, WindowSpec spec, StateTables tables, boolean upserts) {
        this.context = context;
        this.upserts = upserts;
        this.attached = spec instanceof WindowSpec.Attached own ? own : null;
        this.frames = attached == null ? WindowFrames.of(spec) : null;
        this.keys = context.newKeyRows();
        this.tables = tables;
        List<Integer> keyPositions = context.keyPositions();
        this.table = tables.table(
                keyPositions,
                rows -> PaneRows.read(
                        rows, (start, end, saved) -> window(start, end).restore(saved, keys)));
        tables.held(
                keyPositions,
                () -> held(HeldResults::added),
                rows -> PaneRows.read(
                        rows, (start, end, saved) -> window(start, end).restoreAdded(saved, keys)));
        tables.held(
                keyPositions,
                () -> held(HeldResults::before),
                rows -> PaneRows.read(
                        rows, (start, end, saved) -> window(start, end).restoreBefore(saved, keys, rows.width() - 2)));
    }

    /** What all windows hold, with their bounds. */
    private List<Supplier<Batch>> held(Function<HeldResults, List<Supplier<Batch>>> part) {
        List<Supplier<Batch>> pieces = new ArrayList<>();
        open.forEach((bounds, groups) -> part.apply(groups.held())
                .forEach(piece -> pieces.add(() -> PaneRows.withBounds(piece.get(), bounds.start(), bounds.end()))));
        return pieces;
    }

    @Override
    public void add(Batch batch, long[] times, long watermark, LateRows late) {
        keys.load(batch, context.keyColumns());
        if (attached != null) {
            split.split(
                    ((LongColumn) batch.column(attached.startColumn())).values(),
                    ((LongColumn) batch.column(attached.endColumn())).values(),
                    batch.size());
        } else if (frames != null) {
            split.split(times, batch.size(), frames);
        }
        for (int p = 0; p < split.panes(); p++) {
            addPane(batch, p, watermark, late);
        }
    }

    private void addPane(Batch batch, int pane, long watermark, LateRows late) {
        long start = split.start(pane);
        int count = split.count(pane);
        WindowFrames all = frames;
        if (all == null) {
            if (split.end(pane) - 1 <= watermark) {
                late.add(split.rows(pane), count);
            } else {
                window(start, split.end(pane)).apply(batch, keys, split.rows(pane), count);
            }
            return;
        }
        long last = all.lastEnd(start);
        if (last <= start) {
            // Between two windows: no window wants the rows.
            return;
        }
        if (last - 1 <= watermark) {
            late.add(split.rows(pane), count);
            return;
        }
        for (long end = all.nextEnd(start); end <= last; end = all.nextEnd(end)) {
            if (end - 1 > watermark) {
                window(all.start(end), end).apply(batch, keys, split.rows(pane), count);
            }
        }
    }

    private ChangingGroups window(long start, long end) {
        return open.computeIfAbsent(
                new Bounds(end, start),
                bounds -> new ChangingGroups(
                        PaneRows.track(context.borrow(), start, end, table),
                        context.keyTypes(),
                        context.calls(),
                        context.retracts(),
                        upserts));
    }

    @Override
    public void emitChanges(Output out) {
        tables.settle();
        open.forEach((bounds, groups) -> emit(bounds, groups, out));
    }

    private static void emit(Bounds bounds, ChangingGroups groups, Output out) {
        groups.emitChanges(bounds.end() - 1, batch -> {
            int width = batch.width();
            Column[] columns = Arrays.copyOf(batch.columns(), width + 2);
            columns[width] = WindowEmitter.constant(bounds.start(), batch.size());
            columns[width + 1] = WindowEmitter.constant(bounds.end(), batch.size());
            out.emit(batch.withColumns(columns));
        });
    }

    @Override
    public void advance(long watermark, Output out) {
        while (!open.isEmpty() && open.firstKey().end() - 1 <= watermark) {
            tables.settle();
            Map.Entry<Bounds, ChangingGroups> closed = open.pollFirstEntry();
            emit(closed.getKey(), closed.getValue(), out);
            Groups groups = closed.getValue().groups();
            PaneRows.forget(groups, table);
            context.giveBack(groups);
        }
    }

    @Override
    public long nextEnd() {
        return open.isEmpty() ? Long.MAX_VALUE : open.firstKey().end();
    }

    @Override
    public long bytes() {
        long bytes = context.bytes();
        for (ChangingGroups groups : open.values()) {
            bytes += HeapSize.TREE_ENTRY + groups.bytes();
        }
        return bytes;
    }
}
