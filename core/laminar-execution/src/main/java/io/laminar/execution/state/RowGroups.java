package io.laminar.execution.state;

import io.laminar.execution.key.KeyGroupRange;
import io.laminar.spi.batch.Batch;
import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of a store sorted by key group. Only their ids are: rows are copied a few at a time when they are written, so
 * that state which has to leave memory need not be in it twice.
 */
final class RowGroups {
    private final StoredRows rows;
    private final int[] ids;
    private final int[] offsets;

    /** Takes the rows of a key group, some at a time. */
    interface Target {
        void rows(Batch some) throws IOException;
    }

    /** Takes ids and the positions of their key groups in the range. */
    private interface Visitor {
        void row(int id, int group);
    }

    private RowGroups(StoredRows rows, int[] ids, int[] offsets) {
        this.rows = rows;
        this.ids = ids;
        this.offsets = offsets;
    }

    /**
     * Sorts all rows of a store.
     *
     * @param range the key groups that there are; rows of others count as rows without a key
     */
    static RowGroups of(StoredRows rows, KeyGroupRange range, int maxParallelism) {
        byte[] marks = new byte[rows.limit()];
        rows.mark(marks, (byte) 1);
        int[] offsets = new int[range.size() + 1];
        visit(rows, marks, range, maxParallelism, (id, group) -> offsets[group + 1]++);
        for (int group = 0; group < range.size(); group++) {
            offsets[group + 1] += offsets[group];
        }
        int[] next = offsets.clone();
        int[] sorted = new int[offsets[range.size()]];
        visit(rows, marks, range, maxParallelism, (id, group) -> sorted[next[group]++] = id);
        return new RowGroups(rows, sorted, offsets);
    }

    private static void visit(StoredRows rows, byte[] marks, KeyGroupRange range, int maxParallelism, Visitor visitor) {
        int[] some = new int[Math.min(marks.length, Batch.TARGET_ROWS)];
        long[] hashes = new long[some.length];
        for (int id = 0; id < marks.length; ) {
            int count = 0;
            for (; id < marks.length && count < some.length; id++) {
                some[count] = id;
                count += marks[id];
            }
            rows.hash(some, count, hashes);
            for (int i = 0; i < count; i++) {
                visitor.row(some[i], StateTables.keyGroup(hashes[i], range, maxParallelism) - range.first());
            }
        }
    }

    /** @param group position of the key group in the range */
    void copy(int group, Target target) throws IOException {
        for (int from = offsets[group]; from < offsets[group + 1]; from += Batch.TARGET_ROWS) {
            int count = Math.min(Batch.TARGET_ROWS, offsets[group + 1] - from);
            target.rows(rows.copy(Arrays.copyOfRange(ids, from, from + count), count));
        }
    }
}
