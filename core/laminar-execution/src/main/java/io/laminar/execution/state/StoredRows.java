package io.laminar.execution.state;

import io.laminar.spi.batch.Batch;

/** Where the rows of a {@link StateTable} lie. Called by the operator's thread. */
public interface StoredRows {

    /** All ids are below this. */
    int limit();

    /** Sets a bit in the marks of all ids in use; {@code marks} is at least as long as {@link #limit}. */
    void mark(byte[] marks, byte bit);

    /** Rows in the form in which they are restored: a copy that stays valid whatever happens to the rows. */
    Batch copy(int[] ids, int count);

    /** Sets {@code hashes[i]} to the hash of the key of row {@code ids[i]}, as {@code KeyHasher} gives it. */
    void hash(int[] ids, int count, long[] hashes);
}
