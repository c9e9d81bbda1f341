package io.laminar.plan.node;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Some columns of a schema, in ascending order.
 *
 * @param columns positions, each once
 */
public record ColumnSet(List<Integer> columns) implements Serializable {
    public ColumnSet {
        columns = columns.stream().distinct().sorted().toList();
    }

    public static ColumnSet of(Collection<Integer> columns) {
        return new ColumnSet(List.copyOf(columns));
    }

    /** The columns from 0 to {@code count - 1}, and more. */
    public static ColumnSet first(int count, int... more) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(i);
        }
        for (int column : more) {
            columns.add(column);
        }
        return new ColumnSet(columns);
    }

    public ColumnSet with(int column) {
        List<Integer> all = new ArrayList<>(columns);
        all.add(column);
        return new ColumnSet(all);
    }

    public boolean isWithin(Collection<Integer> others) {
        return others.containsAll(columns);
    }

    public boolean contains(Collection<Integer> others) {
        return columns.containsAll(others);
    }

    /**
     * The sets that are left where columns move.
     *
     * @param moved the new position of a column; negative if it is gone
     */
    public static List<ColumnSet> moved(List<ColumnSet> sets, IntUnaryOperator moved) {
        return sets.stream()
                .filter(set -> set.columns.stream().allMatch(column -> moved.applyAsInt(column) >= 0))
                .map(set -> new ColumnSet(
                        set.columns.stream().map(moved::applyAsInt).toList()))
                .toList();
    }
}
