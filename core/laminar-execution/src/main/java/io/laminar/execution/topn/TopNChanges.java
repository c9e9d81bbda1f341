package io.laminar.execution.topn;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.operator.Output;
import io.laminar.execution.topn.RankedRows.Visible;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.RowKind;
import java.util.Arrays;

/** Collects the difference between what partitions showed and what they show, and emits it. */
final class TopNChanges {
    private static final int ABSENT = -1;

    private final RankedRows ranked;
    private final boolean updatesRanks;
    private final boolean withRank;
    /** Whether a row can go and an equal one come. */
    private final boolean replaces;

    private final boolean upserts;

    private int[] slots = new int[64];
    private long[] ranks = new long[64];
    private byte[] kinds = new byte[64];
    private int size;
    /** By slot: its position in what a partition shows now. */
    private int[] positions = new int[0];

    /** @param upserts whether the row before at a rank is left out */
    TopNChanges(RankedRows ranked, boolean updatesRanks, boolean withRank, boolean replaces, boolean upserts) {
        this.ranked = ranked;
        this.updatesRanks = updatesRanks;
        this.withRank = withRank;
        this.replaces = replaces;
        this.upserts = upserts;
    }

    /** Adds the changes from one set of rows to another. */
    void add(Visible before, Visible now) {
        if (updatesRanks) {
            byRank(before, now);
        } else {
            byRow(before, now);
        }
    }

    /** Each rank has one row, and another row at a rank replaces it. */
    private void byRank(Visible before, Visible now) {
        int most = Math.max(before.count(), now.count());
        for (int i = 0; i < most; i++) {
            if (i >= now.count()) {
                put(before.slots()[i], before.ranks()[i], RowKind.DELETE);
            } else if (i >= before.count()) {
                put(now.slots()[i], now.ranks()[i], RowKind.INSERT);
            } else if (differ(before.slots()[i], now.slots()[i])) {
                if (!upserts) {
                    put(before.slots()[i], before.ranks()[i], RowKind.UPDATE_BEFORE);
                }
                put(now.slots()[i], now.ranks()[i], RowKind.UPDATE_AFTER);
            }
        }
    }

    private boolean differ(int left, int right) {
        return left != right && !ranked.rows().same(left, right);
    }

    /** Rows come, go, and change their ranks. What goes leaves before anything comes. */
    private void byRow(Visible before, Visible now) {
        if (positions.length < ranked.rows().limit()) {
            int known = positions.length;
            positions = Arrays.copyOf(positions, Capacity.grown(ranked.rows().limit()));
            Arrays.fill(positions, known, positions.length, ABSENT);
        }
        boolean[] stays = new boolean[now.count()];
        for (int i = 0; i < now.count(); i++) {
            positions[now.slots()[i]] = i;
        }
        int from = size;
        for (int i = 0; i < before.count(); i++) {
            int slot = before.slots()[i];
            int at = positions[slot];
            if (at == ABSENT) {
                put(slot, before.ranks()[i], RowKind.DELETE);
            } else if (withRank && before.ranks()[i] != now.ranks()[at]) {
                stays[at] = true;
                put(slot, before.ranks()[i], RowKind.UPDATE_BEFORE);
                put(slot, now.ranks()[at], RowKind.UPDATE_AFTER);
            } else {
                stays[at] = true;
            }
        }
        int gone = size;
        for (int i = 0; i < now.count(); i++) {
            positions[now.slots()[i]] = ABSENT;
            if (!stays[i] && !(replaces && cancelled(from, gone, now.slots()[i], now.ranks()[i]))) {
                put(now.slots()[i], now.ranks()[i], RowKind.INSERT);
            }
        }
        compact(from);
    }

    /** Finds a row among those that go that is equal to one that comes, and lets neither happen. */
    private boolean cancelled(int from, int to, int slot, long rank) {
        for (int i = from; i < to; i++) {
            if (kinds[i] == RowKind.DELETE
                    && slots[i] != ABSENT
                    && (!withRank || ranks[i] == rank)
                    && ranked.rows().same(slots[i], slot)) {
                slots[i] = ABSENT;
                return true;
            }
        }
        return false;
    }

    private void compact(int from) {
        int kept = from;
        for (int i = from; i < size; i++) {
            if (slots[i] != ABSENT) {
                slots[kept] = slots[i];
                ranks[kept] = ranks[i];
                kinds[kept++] = kinds[i];
            }
        }
        size = kept;
    }

    private void put(int slot, long rank, byte kind) {
        if (size == slots.length) {
            slots = Arrays.copyOf(slots, Capacity.grown(size + 1L));
            ranks = Arrays.copyOf(ranks, slots.length);
            kinds = Arrays.copyOf(kinds, slots.length);
        }
        slots[size] = slot;
        ranks[size] = rank;
        kinds[size++] = kind;
    }

    boolean isFull() {
        return size >= Batch.TARGET_ROWS;
    }

    /** Emits what has been collected. */
    void emit(boolean asChangelog, Output out) {
        for (int from = 0; from < size; ) {
            int count = Math.min(Batch.TARGET_ROWS, size - from);
            // The two halves of an update stay together.
            boolean splits = from + count < size && kinds[from + count - 1] == RowKind.UPDATE_BEFORE;
            count -= splits ? 1 : 0;
            int[] chunk = Arrays.copyOfRange(slots, from, from + count);
            Column[] columns = ranked.rows().gather(chunk, count);
            if (withRank) {
                columns = Arrays.copyOf(columns, columns.length + 1);
                columns[columns.length - 1] =
                        new LongColumn(Arrays.copyOfRange(ranks, from, from + count), null, count);
            }
            out.emit(new Batch(
                    count,
                    columns,
                    ranked.rows().times(chunk, count),
                    asChangelog ? Arrays.copyOfRange(kinds, from, from + count) : null));
            from += count;
        }
        size = 0;
    }
}
