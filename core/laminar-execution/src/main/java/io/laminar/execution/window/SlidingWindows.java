package io.laminar.execution.window;

import io.laminar.execution.aggregate.Groups;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.Rows;
import io.laminar.execution.memory.HeapSize;
import io.laminar.execution.operator.LateRows;
import io.laminar.execution.operator.Output;
import io.laminar.execution.state.StateTable;
import io.laminar.execution.state.StateTables;
import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Windows that share panes: hopping and cumulating ones. A row goes into one pane; a {@link RunningWindow} follows the
 * windows from one to the next, taking panes in and letting them go, so that a window costs what changed since the one
 * before.
 */
final class SlidingWindows implements WindowState {
    private final WindowContext context;
    private final WindowFrames frames;
    private final KeyRows keys;
    private final PaneSplit split = new PaneSplit();
    private final TreeMap<Long, Pane> panes = new TreeMap<>();
    private final RunningWindow running;
    private final StateTable table;
    /** Windows with an end up to here are closed. */
    private long closedEnd = Long.MIN_VALUE;

    SlidingWindows(WindowContext context, WindowFrames frames, StateTables tables) {
        this.context = context;
        this.frames = frames;
        this.keys = context.newKeyRows();
        this.running = new RunningWindow(context);
        this.table = tables.table(context.keyPositions(), this::restore);
    }

    @Override
    public void add(Batch batch, long[] times, long watermark, LateRows late) {
        split.split(times, batch.size(), frames);
        keys.load(batch, context.keyColumns());
        for (int p = 0; p < split.panes(); p++) {
            long start = split.start(p);
            long lastEnd = frames.lastEnd(start);
            if (lastEnd <= start) {
                // Between two windows: no window wants the rows.
                continue;
            }
            int count = split.count(p);
            if (lastEnd - 1 <= watermark) {
                late.add(split.rows(p), count);
            } else {
                Pane pane = pane(start);
                int[] rows = split.rows(p);
                pane.groups().apply(batch, keys, rows, count);
                if (pane.isRunning()) {
                    running.addLate(pane, batch, keys, rows, count);
                }
            }
        }
    }

    private Pane pane(long start) {
        return panes.computeIfAbsent(
                start, s -> new Pane(s, PaneRows.track(context.borrow(), s, frames.paneEnd(s), table)));
    }

    @Override
    public void advance(long watermark, Output out) {
        while (!panes.isEmpty()) {
            long end = nextEnd();
            if (end - 1 > watermark) {
                break;
            }
            long start = frames.start(end);
            NavigableMap<Long, Pane> inWindow = panes.subMap(start, true, end, false);
            for (Pane pane : inWindow.values()) {
                if (!pane.isRunning()) {
                    running.enter(pane);
                }
            }
            running.settle(inWindow.descendingMap().values());
            running.emit(start, end, out);
            closedEnd = end;
            leave(end);
        }
        closedEnd = Math.max(closedEnd, watermark == Long.MAX_VALUE ? watermark : watermark + 1);
    }

    /** Lets panes go whose last window has closed. */
    private void leave(long end) {
        List<Pane> left = new ArrayList<>();
        while (!panes.isEmpty() && frames.lastEnd(panes.firstKey()) <= end) {
            left.add(panes.pollFirstEntry().getValue());
        }
        running.leave(left, panes.descendingMap().values());
        for (Pane pane : left) {
            PaneRows.forget(pane.groups(), table);
            context.giveBack(pane.groups());
        }
    }

    @Override
    public long nextEnd() {
        return panes.isEmpty() ? Long.MAX_VALUE : frames.nextEnd(Math.max(panes.firstKey(), closedEnd));
    }

    private void restore(Batch rows) {
        PaneRows.read(
                rows,
                (start, end, saved) -> PaneRows.load(
                        saved, pane(start).groups(), keys, context.keyColumns().size()));
    }

    /** The running window is made anew from the panes when the next one closes. */
    @Override
    public void restored(long watermark) {
        closedEnd = watermark == Long.MIN_VALUE || watermark == Long.MAX_VALUE ? watermark : watermark + 1;
    }

    @Override
    public long bytes() {
        long bytes = context.bytes() + running.bytes();
        for (Pane pane : panes.values()) {
            bytes += HeapSize.TREE_ENTRY + pane.groups.bytes() + HeapSize.of(pane.runningIds);
        }
        return bytes;
    }

    /** The rows of one pane, and where its groups are found in the running window. */
    static final class Pane {
        private final long start;
        private final Groups groups;
        private int[] runningIds = new int[0];
        private int runningCount;
        private boolean running;
        private boolean inFront;
        private int frontBase;

        Pane(long start, Groups groups) {
            this.start = start;
            this.groups = groups;
        }

        long start() {
            return start;
        }

        Groups groups() {
            return groups;
        }

        /** Whether the running window has taken this pane in. */
        boolean isRunning() {
            return running;
        }

        void running(boolean value) {
            running = value;
        }

        /** The groups of the running window that this pane's groups belong to. */
        int[] runningIds() {
            return runningIds;
        }

        /** How many of this pane's groups the running window knows. */
        int runningCount() {
            return runningCount;
        }

        void runningIds(int[] ids, int count) {
            runningIds = ids;
            runningCount = count;
        }

        boolean inFront() {
            return inFront;
        }

        /** Where the entries of this pane start among those of the front. */
        int frontBase() {
            return frontBase;
        }

        void front(boolean value, int base) {
            inFront = value;
            frontBase = base;
        }

        /** Its groups, from 0; a pane never loses one. */
        int[] ids() {
            return Rows.first(groups.keys().limit());
        }
    }
}
