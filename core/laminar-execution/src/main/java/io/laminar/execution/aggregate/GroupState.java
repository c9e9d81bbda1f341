package io.laminar.execution.aggregate;

import io.laminar.execution.key.Rows;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;

/**
 * Something kept for each of many groups. A group is a small number; its state starts out empty. Every method takes
 * parallel arrays, of which the first {@code count} entries count, and works through them in one loop.
 */
interface GroupState {

    /** Makes room for groups below {@code groups}; must be called before such a group is named. */
    void reserve(int groups);

    /** Adds row {@code rows[i]} to group {@code groups[i]}. */
    void accumulate(Batch batch, int[] rows, int[] groups, int count);

    /** Takes rows back that were added before. */
    void retract(Batch batch, int[] rows, int[] groups, int count);

    /** Columns of {@link #state}. */
    int stateWidth();

    /** The states as columns; the layout of {@link io.laminar.plan.node.PartialLayout} where that has one. */
    Column[] state(int[] groups, int count);

    /** Adds the state in row {@code rows[i]} of {@link #state} columns to group {@code groups[i]}. */
    void mergeState(Column[] state, int[] rows, int[] groups, int count);

    /** Adds the states of groups of another object of the same kind (or other groups of this one) to groups. */
    default void merge(GroupState source, int[] sourceGroups, int[] groups, int count) {
        mergeState(source.state(sourceGroups, count), Rows.first(count), groups, count);
    }

    /** Whether {@link #subtract} undoes {@link #merge} exactly. */
    default boolean subtracts() {
        return false;
    }

    /** Undoes an earlier {@link #merge}. */
    default void subtract(GroupState source, int[] sourceGroups, int[] groups, int count) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " cannot subtract");
    }

    /** Empties the states of groups. */
    void clear(int[] groups, int count);

    /** Empties the states of all groups below {@code limit}. */
    void clearAll(int limit);

    /** Heap that the states take, nearly; called often, so it does not look at every group. */
    long bytes();
}
