package io.laminar.execution.join;

import io.laminar.execution.state.RowTracker;
import io.laminar.execution.store.RowAges;
import io.laminar.execution.store.RowIndex;
import io.laminar.execution.store.RowInts;
import io.laminar.execution.store.RowLists;
import io.laminar.execution.store.RowStore;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.JoinKey;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.batch.Batch;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One input of a join: its rows by key, and what is known of each row. */
final class JoinSide {
    static final int LEFT = 0;
    static final int RIGHT = 1;

    final int input;
    /** Whether a row leaves when nothing matches it. */
    final boolean keepsUnmatched;
    /** Whether a row leaves, alone, when something matches it. */
    final boolean keepsMatched;

    final List<Integer> columns;
    final List<Integer> keyColumns;
    private final int[] strictKeys;

    final RowStore rows;
    final RowLists lists = new RowLists();
    final RowAges ages;
    /** Finds the rows that are taken back; null if none is. */
    final @Nullable RowIndex index;
    /**
     * For how many rows of the other side a row stands matched in the result: with a condition their number, otherwise 1
     * for any; {@link #OPEN} while its loss of the last match has not been emitted. Null if the result does not depend on
     * it.
     */
    final @Nullable RowInts matches;

    /** The row has no match, but has not been emitted as such. */
    static final int OPEN = -1;

    /** Rows that stand alone in the result, or miss there, and have just found a match. */
    final IdBuffer matched = new IdBuffer();
    /** Rows that became {@link #OPEN}; they may have found a match since. */
    final IdBuffer open = new IdBuffer();
    /** Keys whose list of this side has changed. */
    final KeyTouches touches = new KeyTouches();

    /** Follows which rows change; null where all subtasks have this side. */
    private @Nullable RowTracker tracker;

    JoinSide(JoinNode node, int input) {
        JoinType type = node.type();
        boolean left = input == LEFT;
        PlanNode source = left ? node.left() : node.right();
        this.input = input;
        this.keepsUnmatched = left ? type.keepsLeft() : type.keepsRight();
        this.keepsMatched = left && type == JoinType.SEMI;
        this.columns = IntStream.range(0, source.schema().size()).boxed().toList();
        this.keyColumns = left ? node.parts().leftKeys() : node.parts().rightKeys();
        this.strictKeys = node.keys().stream()
                .filter(key -> !key.nullSafe())
                .mapToInt(left ? JoinKey::left : JoinKey::right)
                .toArray();
        this.rows = new RowStore(source.schema());
        this.ages = new RowAges(left ? node.leftTtl() : node.rightTtl());
        this.index = source.changelog() == ChangelogMode.APPEND ? null : new RowIndex(rows);
        this.matches = keepsUnmatched || keepsMatched ? new RowInts() : null;
    }

    /** Says who follows which rows change. */
    void track(RowTracker by) {
        tracker = by;
    }

    /** Says that what is known of a row is about to change. */
    void touch(int row) {
        if (tracker != null) {
            tracker.touch(row);
        }
    }

    /**
     * Moves the rows that cannot match anything, because a key is NULL, behind the others and returns how many others
     * there are. The order within both parts stays.
     */
    int partition(Batch batch, int[] selected, int count) {
        boolean any = false;
        for (int column : strictKeys) {
            any |= batch.column(column).nulls() != null;
        }
        if (!any) {
            return count;
        }
        int[] without = new int[count];
        int matching = 0;
        int others = 0;
        for (int i = 0; i < count; i++) {
            int row = selected[i];
            if (hasNullKey(batch, row)) {
                without[others++] = row;
            } else {
                selected[matching++] = row;
            }
        }
        System.arraycopy(without, 0, selected, matching, others);
        return matching;
    }

    private boolean hasNullKey(Batch batch, int row) {
        for (int column : strictKeys) {
            if (batch.column(column).isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it matters here if a row of the other side has matches. */
    boolean countsMatches() {
        return matches != null;
    }

    /** Adds rows to the state and to the lists of their keys. */
    void add(Batch batch, int[] selected, int[] keys, int count, int keyLimit, int[] ids) {
        rows.add(batch, selected, count, ids);
        int limit = rows.limit();
        lists.reserve(keyLimit, limit);
        ages.reserve(limit);
        if (matches != null) {
            matches.reserve(limit);
        }
        if (tracker != null) {
            tracker.reserve(limit);
            tracker.touch(ids, count);
        }
        for (int i = 0; i < count; i++) {
            lists.add(keys[i], ids[i]);
        }
    }

    /** Sets what is known of new rows; those without a match become {@link #OPEN} if they may find one yet. */
    void setMatches(int[] ids, int[] counts, int count, boolean exact, boolean wait) {
        if (matches == null) {
            return;
        }
        for (int i = 0; i < count; i++) {
            int number = exact ? counts[i] : Math.min(counts[i], 1);
            if (number == 0 && wait) {
                number = OPEN;
                open.add(ids[i]);
            }
            matches.set(ids[i], number);
        }
    }

    /** Adds rows of the state to the index. */
    void index(long[] hashes, int[] selected, int count, int[] ids) {
        if (index != null) {
            index.reserve(rows.limit());
            for (int i = 0; i < count; i++) {
                index.add(ids[i], hashes[selected[i]]);
            }
        }
    }

    /** Forgets rows that have been unlinked. */
    void remove(int[] ids, int count) {
        if (tracker != null) {
            tracker.remove(ids, count);
        }
        rows.remove(ids, count);
        for (int i = 0; matches != null && i < count; i++) {
            matches.set(ids[i], 0);
        }
    }

    /** Forgets a row's places in list and index and returns its key; the row itself stays in the store. */
    int unlink(int id) {
        if (index != null) {
            index.remove(id);
        }
        return lists.remove(id);
    }

    /** Heap that the side takes, nearly. */
    long bytes() {
        return rows.bytes()
                + lists.bytes()
                + ages.bytes()
                + (index == null ? 0 : index.bytes())
                + (matches == null ? 0 : matches.bytes())
                + matched.bytes()
                + open.bytes()
                + touches.bytes();
    }
}
