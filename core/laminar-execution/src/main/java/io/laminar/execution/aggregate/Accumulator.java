package io.laminar.execution.aggregate;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;

/**
 * The states of one aggregate for many groups. A group is a small number; its state starts out empty. Every method
 * takes parallel arrays, of which the first {@code count} entries count, and works through them in one loop.
 */
public interface Accumulator {

    /** Makes room for groups below {@code groups}; must be called before such a group is named. */
    void reserve(int groups);

    /** Adds row {@code rows[i]} to group {@code groups[i]}. Rows that do not count have been left out by the caller. */
    void accumulate(Batch batch, int[] rows, int[] groups, int count);

    /** Takes rows back that were added before. */
    void retract(Batch batch, int[] rows, int[] groups, int count);

    /** The values of the aggregate. */
    Column result(int[] groups, int count);

    /** Columns of {@link #state}. */
    int stateWidth();

    /** The states as columns; the layout of {@link io.laminar.plan.node.PartialLayout} where that has one. */
    Column[] state(int[] groups, int count);

    /** Adds the state in row {@code rows[i]} of {@link #state} columns to group {@code groups[i]}. */
    void mergeState(Column[] state, int[] rows, int[] groups, int count);

    /** Adds the states of groups of another accumulator of the same call (or other groups of this one) to groups. */
    default void merge(Accumulator source, int[] sourceGroups, int[] groups, int count) {
        mergeState(source.state(sourceGroups, count), Rows.first(count), groups, count);
    }

    /** Whether {@link #subtract} undoes {@link #merge} exactly. */
    default boolean subtracts() {
        return false;
    }

    /** Undoes an earlier {@link #merge}. */
    default void subtract(Accumulator source, int[] sourceGroups, int[] groups, int count) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot subtract");
    }

    /** Empties the states of groups. */
    void clear(int[] groups, int count);

    /** Empties the states of all groups below {@code limit}. */
    void clearAll(int limit);
}
