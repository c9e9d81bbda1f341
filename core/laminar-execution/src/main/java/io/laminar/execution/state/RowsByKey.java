package io.laminar.execution.state;

import io.laminar.execution.key.KeyTable;
import io.laminar.spi.batch.Batch;

/** Rows of which each key of a table has one. */
public final class RowsByKey implements StoredRows {
    private final KeyTable keys;
    private final Copies copies;

    /** Copies rows, as {@link StoredRows#copy}. */
    @FunctionalInterface
    public interface Copies {
        Batch of(int[] ids, int count);
    }

    public RowsByKey(KeyTable keys, Copies copies) {
        this.keys = keys;
        this.copies = copies;
    }

    @Override
    public int limit() {
        return keys.limit();
    }

    @Override
    public void mark(byte[] marks, byte bit) {
        keys.mark(marks, bit);
    }

    @Override
    public Batch copy(int[] ids, int count) {
        return copies.of(ids, count);
    }

    @Override
    public void hash(int[] ids, int count, long[] hashes) {
        keys.hash(ids, count, hashes);
    }
}
