package io.laminar.execution.join;

import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyTable;
import io.laminar.execution.state.StoredRows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchCodec;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The rows of one side of a join as rows of state, each with when it came and how many matches it has. Keys, lists and
 * indexes are made again from them.
 */
final class JoinRows implements StoredRows {
    /** Columns behind those of the row. */
    private static final int EXTRAS = 2;

    private final JoinSide side;
    private final KeyTable keys;

    JoinRows(JoinSide side, KeyTable keys) {
        this.side = side;
        this.keys = keys;
    }

    @Override
    public int limit() {
        return side.rows.limit();
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        side.rows.mark(marks, bit);
    }

    @Override
    public Batch copy(int[] ids, int count) {
        Batch rows = side.rows.gather(ids, count);
        int[] stamps = new int[count];
        int[] matches = new int[count];
        for (int i = 0; i < count; i++) {
            stamps[i] = side.ages.stamp(ids[i]);
            matches[i] = side.matches == null ? 0 : side.matches.get(ids[i]);
        }
        Column[] columns = Arrays.copyOf(rows.columns(), rows.width() + EXTRAS);
        columns[rows.width()] = new IntColumn(stamps, null, count);
        columns[rows.width() + 1] = new IntColumn(matches, null, count);
        return rows.withColumns(columns);
    }

    /** The hash of the key or, without keys, of all columns. */
    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        if (side.keyColumns.isEmpty()) {
            KeyHasher.hash(side.rows.gather(ids, count).columns(), count, hashes);
            return;
        }
        for (int i = 0; i < count; i++) {
            hashes[i] = keys.hash(side.lists.key(ids[i]));
        }
    }

    /** Takes copied rows back. */
    interface Restore {
        void rows(Batch rows, int[] stamps, int[] matches);
    }

    static void restore(Batch copied, Restore restore) {
        int width = copied.width() - EXTRAS;
        restore.rows(
                copied.withColumns(Arrays.copyOf(copied.columns(), width)),
                ((IntColumn) copied.column(width)).values(),
                ((IntColumn) copied.column(width + 1)).values());
    }

    /** Writes all rows. */
    void write(DataOutput out) throws IOException {
        int[] ids = side.rows.ids();
        for (int from = 0; from < ids.length; from += Batch.TARGET_ROWS) {
            int[] some = Arrays.copyOfRange(ids, from, Math.min(ids.length, from + Batch.TARGET_ROWS));
            out.writeBoolean(true);
            BatchCodec.write(copy(some, some.length), out);
        }
        out.writeBoolean(false);
    }

    /** Reads what {@link #write} wrote. */
    static void read(DataInput in, Restore restore) throws IOException {
        while (in.readBoolean()) {
            restore(BatchCodec.read(in), restore);
        }
    }
}
