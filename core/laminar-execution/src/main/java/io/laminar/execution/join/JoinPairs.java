package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.operator.Output;
import io.laminar.execution.store.RowInts;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.function.EvaluationContext;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Pairs rows of a batch with the rows of the other side that have the same key: as many pairs at a time as make a batch,
 * however long the lists are. Tests the condition, emits the pairs, and counts matches.
 */
final class JoinPairs {
    private static final int MOST = Batch.TARGET_ROWS;

    private final @Nullable JoinCondition condition;
    private final JoinWriter writer;
    private final boolean emits;
    private final int[] positions = new int[MOST];
    private final int[] others = new int[MOST];
    private final int[] rows = new int[MOST];
    private final int[] kept = new int[MOST];
    private int pending;
    private int[] counts = new int[0];

    private @Nullable EvaluationContext context;

    /** @param emits whether pairs leave */
    JoinPairs(@Nullable JoinCondition condition, JoinWriter writer, boolean emits) {
        this.condition = condition;
        this.writer = writer;
        this.emits = emits;
    }

    void open(EvaluationContext evaluation) {
        context = evaluation;
    }

    /** What the pairs of one call have in common. */
    private record Pairing(JoinSide own, JoinSide other, Batch batch, int[] rows, byte kind, Output out) {}

    /**
     * Pairs the rows {@code selected[0..count)} of a batch, whose keys have the ids {@code keys}.
     *
     * @param kind INSERT, or DELETE for pairs that are no more
     * @return the number of matches of each row given; valid until the next call
     */
    int[] run(JoinSide own, JoinSide other, Batch batch, int[] selected, int[] keys, int count, byte kind, Output out) {
        if (counts.length < count) {
            counts = new int[Capacity.grown(count)];
        }
        RowLists lists = other.lists;
        if (condition == null) {
            for (int i = 0; i < count; i++) {
                counts[i] = lists.count(keys[i]);
            }
            if (!emits) {
                return counts;
            }
        } else {
            Arrays.fill(counts, 0, count, 0);
        }
        Pairing pairing = new Pairing(own, other, batch, selected, kind, out);
        int size = 0;
        for (int i = 0; i < count; i++) {
            for (int row = lists.first(keys[i]); row != RowLists.NONE; row = lists.next(row)) {
                positions[size] = i;
                others[size] = row;
                if (++size == MOST) {
                    finish(pairing, size);
                    size = 0;
                }
            }
        }
        if (size > 0) {
            finish(pairing, size);
        }
        return counts;
    }

    private void finish(Pairing pairing, int size) {
        Batch batch = pairing.batch();
        RowStore store = pairing.other().rows;
        long[] rowtimes = new long[size];
        for (int i = 0; i < size; i++) {
            rows[i] = pairing.rows()[positions[i]];
            rowtimes[i] = Math.max(batch.rowtime()[rows[i]], store.rowtime(others[i]));
        }
        pending = size;
        if (condition != null) {
            test(condition, pairing, rowtimes);
        }
        if (emits && pending > 0) {
            writer.pairs(
                    pairing.own().input, batch, rows, store, others, pending, rowtimes, pairing.kind(), pairing.out());
        }
    }

    private void test(JoinCondition condition, Pairing pairing, long[] rowtimes) {
        pending = condition.test(
                pairing.own().input,
                pairing.batch(),
                rows,
                pairing.other().rows,
                others,
                pending,
                rowtimes,
                java.util.Objects.requireNonNull(context, "not open"),
                kept);
        for (int i = 0; i < pending; i++) {
            int pair = kept[i];
            counts[positions[pair]]++;
            rows[i] = rows[pair];
            others[i] = others[pair];
            rowtimes[i] = rowtimes[pair];
        }
        RowInts matches = pairing.other().matches;
        if (matches == null) {
            return;
        }
        if (pairing.kind() == RowKind.DELETE) {
            subtract(pairing.other(), matches);
            return;
        }
        add(pairing.other(), matches);
        // Before the pairs themselves: who looks a row up by a key must not see both.
        emitMatched(pairing.other(), pairing.out());
    }

    private void add(JoinSide side, RowInts matches) {
        for (int i = 0; i < pending; i++) {
            int before = matches.get(others[i]);
            if (before == 0) {
                side.matched.add(others[i]);
            }
            side.touch(others[i]);
            matches.set(others[i], before == JoinSide.OPEN ? 1 : before + 1);
        }
    }

    private void subtract(JoinSide side, RowInts matches) {
        for (int i = 0; i < pending; i++) {
            int before = matches.get(others[i]);
            // Rows that matched may have been forgotten meanwhile, without a trace here.
            side.touch(others[i]);
            if (before == 1) {
                matches.set(others[i], JoinSide.OPEN);
                side.open.add(others[i]);
            } else if (before > 1) {
                matches.set(others[i], before - 1);
            }
        }
    }

    /** Without a condition all rows of a key are matched, or none: learns that this has changed for a key. */
    void keyChanged(JoinSide other, int key, boolean isMatched) {
        RowInts matches = other.matches;
        RowLists lists = other.lists;
        for (int row = lists.first(key); matches != null && row != RowLists.NONE; row = lists.next(row)) {
            int before = matches.get(row);
            if (isMatched && before != 1) {
                other.touch(row);
                matches.set(row, 1);
                if (before == 0) {
                    other.matched.add(row);
                }
            } else if (!isMatched && before > 0) {
                other.touch(row);
                matches.set(row, JoinSide.OPEN);
                other.open.add(row);
            }
        }
    }

    /** Takes back the rows of a side that stood there without a match, or emits those that needed one. */
    void emitMatched(JoinSide side, Output out) {
        byte kind = side.keepsMatched ? RowKind.INSERT : RowKind.DELETE;
        writer.alone(side.input, side.rows, side.matched.ids(), side.matched.size(), kind, out);
        side.matched.clear();
    }

    /** Emits the rows of a side that are left without a match, or takes back those that needed one. */
    void emitOpen(JoinSide side, Output out) {
        RowInts matches = side.matches;
        if (matches == null) {
            return;
        }
        int count = 0;
        IdBuffer open = side.open;
        for (int i = 0; i < open.size(); i++) {
            int row = open.get(i);
            if (matches.get(row) == JoinSide.OPEN) {
                side.touch(row);
                matches.set(row, 0);
                open.ids()[count++] = row;
            }
        }
        byte kind = side.keepsMatched ? RowKind.DELETE : RowKind.INSERT;
        writer.alone(side.input, side.rows, open.ids(), count, kind, out);
        open.clear();
    }
}
