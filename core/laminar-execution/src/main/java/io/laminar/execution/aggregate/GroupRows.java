package io.laminar.execution.aggregate;

import io.laminar.execution.key.KeyRows;
import io.laminar.execution.state.StoredRows;
import io.laminar.spi.batch.Batch;
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
        return expiry.stamped(groups.save(ids, count), ids);
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
        expiry.restore(rows, ids);
        return ids;
    }
}
