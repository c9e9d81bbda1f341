package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.state.StoredRows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.IntColumn;
import java.util.Arrays;

/** Groups as rows of state: key, states, and when they last changed where that is known. */
final class GroupRows implements StoredRows {
    private final Groups groups;
    private final GroupExpiry expiry;

    GroupRows(Groups groups, GroupExpiry expiry) {
        this.groups = groups;
        this.expiry = expiry;
    }

    @Override
    public int limit() {
        return groups.keys().limit();
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        groups.keys().mark(marks, bit);
    }

    @Override
    public Batch copy(int[] ids, int count) {
        Batch saved = groups.save(ids, count);
        int[] stamps = new int[count];
        for (int i = 0; i < count; i++) {
            stamps[i] = expiry.stamp(ids[i]);
        }
        Column[] columns = Arrays.copyOf(saved.columns(), saved.width() + 1);
        columns[saved.width()] = new IntColumn(stamps, null, count);
        return saved.withColumns(columns);
    }

    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        groups.keys().hash(ids, count, hashes);
    }

    /** Takes copied rows back; returns their groups, valid until the next call. */
    static int[] restore(Batch rows, Groups groups, KeyRows keys, int keyColumns, GroupExpiry expiry) {
        keys.load(Arrays.copyOf(rows.columns(), keyColumns), rows.size());
        int[] ids = groups.load(rows, keys, keyColumns);
        expiry.reserve(groups.keys().limit());
        int[] stamps = ((IntColumn) rows.column(rows.width() - 1)).values();
        for (int i = 0; i < rows.size(); i++) {
            expiry.restore(ids[i], stamps[i]);
        }
        return ids;
    }
}
