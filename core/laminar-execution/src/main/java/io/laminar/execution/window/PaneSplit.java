package io.laminar.execution.window;

import io.laminar.execution.key.Rows;
import java.util.Arrays;

/** The rows of a batch sorted by pane. Its arrays are used again for the next batch. */
public final class PaneSplit {
    private static final int FEW = 8;

    private long[] starts = new long[FEW];
    private long[] ends = new long[FEW];
    private int[] offsets = new int[FEW + 1];
    private int panes;
    private int[] paneOfRow = new int[0];
    private int[] rows = new int[0];
    private int[] next = new int[0];
    /** Pane + 1 by hash of its bounds; used once there are more than a few. */
    private int[] slots = new int[0];

    /** Sorts rows by the pane of their time. */
    public void split(long[] times, int size, WindowFrames frames) {
        begin(size);
        long start = 0;
        long end = 0;
        int pane = -1;
        for (int i = 0; i < size; i++) {
            long time = times[i];
            if (pane < 0 || time < start || time >= end) {
                start = frames.paneStart(time);
                end = frames.paneEnd(start);
                pane = pane(start, end);
            }
            paneOfRow[i] = pane;
        }
        finish(size);
    }

    /** Sorts rows by bounds given as columns. */
    public void split(long[] startOfRow, long[] endOfRow, int size) {
        begin(size);
        int pane = -1;
        for (int i = 0; i < size; i++) {
            if (pane < 0 || startOfRow[i] != starts[pane] || endOfRow[i] != ends[pane]) {
                pane = pane(startOfRow[i], endOfRow[i]);
            }
            paneOfRow[i] = pane;
        }
        finish(size);
    }

    private void begin(int size) {
        panes = 0;
        if (paneOfRow.length < size) {
            paneOfRow = new int[size];
            rows = new int[size];
        }
    }

    private int pane(long start, long end) {
        if (panes <= FEW) {
            for (int p = 0; p < panes; p++) {
                if (starts[p] == start && ends[p] == end) {
                    return p;
                }
            }
            return add(start, end);
        }
        int slot = slot(start, end);
        while (slots[slot] != 0) {
            int p = slots[slot] - 1;
            if (starts[p] == start && ends[p] == end) {
                return p;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(start, end);
    }

    private int add(long start, long end) {
        if (panes == starts.length) {
            starts = Arrays.copyOf(starts, panes * 2);
            ends = Arrays.copyOf(ends, panes * 2);
            offsets = new int[panes * 2 + 1];
        }
        starts[panes] = start;
        ends[panes] = end;
        panes++;
        if (panes > FEW) {
            index();
        }
        return panes - 1;
    }

    private void index() {
        if (panes == FEW + 1 || panes * 2 > slots.length) {
            slots = new int[Math.max(64, Integer.highestOneBit(panes) * 8)];
            for (int p = 0; p < panes; p++) {
                link(p);
            }
        } else {
            link(panes - 1);
        }
    }

    private void link(int pane) {
        int slot = slot(starts[pane], ends[pane]);
        while (slots[slot] != 0) {
            slot = (slot + 1) & (slots.length - 1);
        }
        slots[slot] = pane + 1;
    }

    private int slot(long start, long end) {
        long mixed = (start * 31 + end) * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 40) & (slots.length - 1);
    }

    private void finish(int size) {
        Arrays.fill(offsets, 0, panes + 1, 0);
        if (panes == 1) {
            offsets[1] = size;
            return;
        }
        for (int i = 0; i < size; i++) {
            offsets[paneOfRow[i] + 1]++;
        }
        for (int p = 0; p < panes; p++) {
            offsets[p + 1] += offsets[p];
        }
        if (next.length < panes) {
            next = new int[starts.length];
        }
        System.arraycopy(offsets, 0, next, 0, panes);
        for (int i = 0; i < size; i++) {
            rows[next[paneOfRow[i]]++] = i;
        }
    }

    public int panes() {
        return panes;
    }

    public long start(int pane) {
        return starts[pane];
    }

    public long end(int pane) {
        return ends[pane];
    }

    public int count(int pane) {
        return offsets[pane + 1] - offsets[pane];
    }

    /** The rows of a pane in order. */
    public int[] rows(int pane) {
        return panes == 1 ? Rows.first(offsets[1]) : Arrays.copyOfRange(rows, offsets[pane], offsets[pane + 1]);
    }
}
