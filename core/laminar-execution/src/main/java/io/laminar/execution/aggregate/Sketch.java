package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import org.jspecify.annotations.Nullable;

/**
 * A kind of sketch: a summary of values of bounded size, of which one can be made, added to, merged and written.
 *
 * @param <S> the sketch
 */
interface Sketch<S> {

    S create();

    /** Adds row {@code rows[i]} of a batch to {@code sketches[groups[i]]}, all of which are there. */
    void addAll(@Nullable S[] sketches, Batch batch, int[] rows, int[] groups, int count);

    /** Adds what another sketch has seen. */
    void merge(S into, S other);

    /** The sketch in the format of its library. */
    byte[] write(S sketch);

    S read(byte[] bytes);

    /**
     * The values for groups.
     *
     * @param sketches null for groups that saw nothing
     */
    Column results(@Nullable S[] sketches, int[] groups, int count);
}
