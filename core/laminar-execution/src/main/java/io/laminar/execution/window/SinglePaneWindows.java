package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.plan.node.WindowSpec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.LongColumn;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Windows that consist of one pane each: tumbling ones, and those the rows bring along. */
final class SinglePaneWindows implements WindowState {

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
    private final TreeMap<Bounds, Groups> open = new TreeMap<>();
    private final StateTable table;

    SinglePaneWindows(WindowContext context, WindowFrames frames, StateTables tables) {
        this(context, frames, null, tables);
    }

    SinglePaneWindows(WindowContext context, WindowSpec.Attached attached, StateTables tables) {
        this(context, null, attached, tables);
    }

    private SinglePaneWindows(
            WindowContext context,
            @Nullable WindowFrames frames,
            WindowSpec.@Nullable Attached attached,
            StateTables tables) {
        this.context = context;
        this.frames = frames;
        this.attached = attached;
        this.keys = context.newKeyRows();
        this.table = tables.table(context.keyPositions(), this::restore);
    }

    @Override
    public void add(Batch batch, long[] times, long watermark, LateRows late) {
        if (attached != null) {
            split.split(
                    ((LongColumn) batch.column(attached.startColumn())).values(),
                    ((LongColumn) batch.column(attached.endColumn())).values(),
                    batch.size());
        } else if (frames != null) {
            split.split(times, batch.size(), frames);
        }
        keys.load(batch, context.keyColumns());
        for (int p = 0; p < split.panes(); p++) {
            int count = split.count(p);
            if (split.end(p) - 1 <= watermark) {
                late.add(split.rows(p), count);
            } else {
                window(split.start(p), split.end(p)).apply(batch, keys, split.rows(p), count);
            }
        }
    }

    private Groups window(long start, long end) {
        return open.computeIfAbsent(
                new Bounds(end, start), bounds -> PaneRows.track(context.borrow(), start, end, table));
    }

    @Override
    public void advance(long watermark, Output out) {
        while (!open.isEmpty() && open.firstKey().end() - 1 <= watermark) {
            Map.Entry<Bounds, Groups> entry = open.pollFirstEntry();
            Bounds bounds = entry.getKey();
            Groups groups = entry.getValue();
            WindowEmitter.emit(
                    groups.keys(),
                    groups.states(),
                    context.retracts(),
                    groups.keys().ids(),
                    bounds.start(),
                    bounds.end(),
                    out);
            PaneRows.forget(groups, table);
            context.giveBack(groups);
        }
    }

    @Override
    public long nextEnd() {
        return open.isEmpty() ? Long.MAX_VALUE : open.firstKey().end();
    }

    private void restore(Batch rows) {
        PaneRows.read(
                rows,
                (start, end, saved) -> PaneRows.load(
                        saved, window(start, end), keys, context.keyColumns().size()));
    }

    @Override
    public long bytes() {
        long bytes = context.bytes();
        for (Groups groups : open.values()) {
            bytes += HeapSize.TREE_ENTRY + groups.bytes();
        }
        return bytes;
    }
}
