package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import org.jspecify.annotations.Nullable;

/**
 * A kind of state that is an object per group: it can be made, added to, merged and written.
 *
 * @param <S> the state
 */
interface ObjectStates<S> {

    S create();

    /** Adds row {@code rows[i]} of a batch to {@code states[groups[i]]}, all of which are there. */
    void addAll(@Nullable S[] states, Batch batch, int[] rows, int[] groups, int count);

    /** Takes such rows back. */
    default void removeAll(@Nullable S[] states, Batch batch, int[] rows, int[] groups, int count) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot take values back");
    }

    /** Adds what another state has seen. */
    void merge(S into, S other);

    /** The state as it is saved. */
    byte[] write(S state);

    S read(byte[] bytes);

    /**
     * The values for groups.
     *
     * @param states null for groups that saw nothing
     */
    Column results(@Nullable S[] states, int[] groups, int count);

    /** Heap that a state takes, nearly. */
    long bytes(S state);
}
