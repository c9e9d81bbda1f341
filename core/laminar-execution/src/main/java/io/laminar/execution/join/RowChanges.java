package io.laminar.execution.join;

import io.laminar.execution.key.Capacity;
import io.laminar.execution.key.KeyHasher;
import io.laminar.execution.key.KeyRows;
import io.laminar.execution.key.KeyTable;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.DataType;
import java.util.Arrays;
import java.util.List;

/**
 * What a batch of changes comes to: which rows it takes back and which it adds. A row that is added and taken back within
 * the batch, in whichever order, is neither.
 */
final class RowChanges {
    private final List<Integer> columns;
    private final boolean retracts;
    private final KeyRows values;
    private final List<DataType> types;
    private long[] hashes = new long[0];

    /** Rows of the batch that take a row back. */
    int[] gone = new int[Batch.TARGET_ROWS];

    int goneCount;
    /** Rows of the batch that are added. */
    int[] come = new int[Batch.TARGET_ROWS];

    int comeCount;

    /** @param retracts whether rows can be taken back at all */
    RowChanges(List<DataType> types, List<Integer> columns, boolean retracts) {
        this.columns = columns;
        this.types = types;
        this.retracts = retracts;
        this.values = new KeyRows(types);
    }

    /** Hashes of all columns, by row of the batch; only if rows can be taken back. */
    long[] hashes() {
        return hashes;
    }

    void load(Batch batch) {
        int size = batch.size();
        if (come.length < size) {
            come = new int[size];
            gone = new int[size];
        }
        goneCount = 0;
        comeCount = 0;
        if (retracts) {
            if (hashes.length < size) {
                hashes = new long[Capacity.grown(size)];
            }
            KeyHasher.hash(batch, columns, hashes);
        }
        byte[] kinds = batch.kinds();
        boolean hasKinds = false;
        for (int i = 0; kinds != null && i < size; i++) {
            hasKinds |= RowKind.isRetraction(kinds[i]);
        }
        if (hasKinds && kinds != null) {
            split(kinds, size);
            if (comeCount > 0) {
                consolidate(batch, kinds);
            }
            return;
        }
        for (int i = 0; i < size; i++) {
            come[i] = i;
        }
        comeCount = size;
    }

    private void split(byte[] kinds, int size) {
        for (int i = 0; i < size; i++) {
            if (RowKind.isRetraction(kinds[i])) {
                gone[goneCount++] = i;
            } else {
                come[comeCount++] = i;
            }
        }
    }

    /** Strikes out pairs of equal rows. */
    private void consolidate(Batch batch, byte[] kinds) {
        int size = batch.size();
        values.load(batch, columns);
        KeyTable different = KeyTable.of(types);
        int[] ids = new int[size];
        int[] all = new int[size];
        Arrays.setAll(all, i -> i);
        different.lookup(values, all, size, ids);
        if (different.size() == size) {
            return;
        }
        int[] net = new int[different.limit()];
        for (int i = 0; i < size; i++) {
            net[ids[i]] += RowKind.isRetraction(kinds[i]) ? -1 : 1;
        }
        goneCount = 0;
        comeCount = 0;
        for (int i = 0; i < size; i++) {
            int id = ids[i];
            if (RowKind.isRetraction(kinds[i])) {
                if (net[id] < 0) {
                    net[id]++;
                    gone[goneCount++] = i;
                }
            } else if (net[id] > 0) {
                net[id]--;
                come[comeCount++] = i;
            }
        }
    }
}
