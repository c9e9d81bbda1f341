package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;

/**
 * The states of all calls of a node for many groups: one accumulator per call and, where rows can be taken back, the
 * number of rows of each group.
 */
public final class GroupStates {
    private final List<AggregateCall> calls;
    private final Phase phase;
    private final boolean retracts;
    private final Accumulator[] accumulators;
    /** Where the state of each call starts among the input columns of a FINAL node. */
    private final int[] partialColumns;

    private final CountAccumulator rows = new CountAccumulator();

    /**
     * @param keys number of key columns, which a FINAL node's input starts with
     * @param retracts whether rows are taken back, by row kind or by {@link #subtract}
     */
    public GroupStates(List<AggregateCall> calls, Schema input, Phase phase, int keys, boolean retracts) {
        this.calls = calls;
        this.phase = phase;
        this.retracts = retracts;
        this.accumulators = new Accumulator[calls.size()];
        this.partialColumns = new int[calls.size()];
        int column = keys;
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = Accumulators.of(calls.get(i), input, phase, column, retracts);
            partialColumns[i] = column;
            column += PartialLayout.width(calls.get(i));
        }
    }

    public int calls() {
        return accumulators.length;
    }

    public Accumulator accumulator(int call) {
        return accumulators[call];
    }

    /** The number of rows of a group; only kept where rows can be taken back. */
    public long rows(int group) {
        return rows.count(group);
    }

    /** Makes room for groups below {@code groups}. */
    public void reserve(int groups) {
        rows.reserve(retracts ? groups : 0);
        for (Accumulator accumulator : accumulators) {
            accumulator.reserve(groups);
        }
    }

    /** Applies rows to groups: adds inserts, takes retractions back, merges the partial states of a FINAL node. */
    public void apply(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (batch.kinds() == null) {
            add(batch, rowNumbers, groups, count);
            return;
        }
        byte[] kinds = batch.kinds();
        int[][] sortedRows = new int[2][count];
        int[][] sortedGroups = new int[2][count];
        int[] counts = new int[2];
        for (int i = 0; i < count; i++) {
            int side = RowKind.isRetraction(kinds[rowNumbers[i]]) ? 1 : 0;
            sortedRows[side][counts[side]] = rowNumbers[i];
            sortedGroups[side][counts[side]++] = groups[i];
        }
        // Inserts first: a row may be inserted and taken back in the same batch.
        add(batch, sortedRows[0], sortedGroups[0], counts[0]);
        takeBack(batch, sortedRows[1], sortedGroups[1], counts[1]);
    }

    private void add(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (retracts) {
            rows.accumulate(batch, rowNumbers, groups, count);
        }
        for (int i = 0; i < accumulators.length; i++) {
            if (phase == Phase.FINAL) {
                accumulators[i].mergeState(
                        columns(batch, partialColumns[i], accumulators[i].stateWidth()), rowNumbers, groups, count);
                continue;
            }
            Present present = present(calls.get(i), batch, rowNumbers, groups, count);
            accumulators[i].accumulate(batch, present.rows(), present.groups(), present.count());
        }
    }

    private void takeBack(Batch batch, int[] rowNumbers, int[] groups, int count) {
        if (count == 0) {
            return;
        }
        rows.retract(batch, rowNumbers, groups, count);
        for (int i = 0; i < accumulators.length; i++) {
            Present present = present(calls.get(i), batch, rowNumbers, groups, count);
            accumulators[i].retract(batch, present.rows(), present.groups(), present.count());
        }
    }

    private static Present present(AggregateCall call, Batch batch, int[] rowNumbers, int[] groups, int count) {
        Present present;
        if (call.filter() == null) {
            present = new Present(rowNumbers, groups, count);
        } else {
            BooleanColumn filter = (BooleanColumn) batch.column(call.filter());
            present = Present.where(filter.values(), filter.nulls(), rowNumbers, groups, count);
        }
        if (!Accumulators.skipsNulls(call)) {
            return present;
        }
        for (int argument : call.arguments()) {
            present = Present.of(batch.column(argument).nulls(), present.rows(), present.groups(), present.count());
        }
        return present;
    }

    private static Column[] columns(Batch batch, int from, int width) {
        Column[] columns = new Column[width];
        System.arraycopy(batch.columns(), from, columns, 0, width);
        return columns;
    }

    /** The results of all calls. */
    public List<Column> results(int[] groups, int count) {
        List<Column> columns = new ArrayList<>(accumulators.length);
        for (Accumulator accumulator : accumulators) {
            columns.add(accumulator.result(groups, count));
        }
        return columns;
    }

    /** The states of all calls in the layout of {@link PartialLayout}. */
    public List<Column> partials(int[] groups, int count) {
        List<Column> columns = new ArrayList<>();
        for (Accumulator accumulator : accumulators) {
            columns.addAll(List.of(accumulator.state(groups, count)));
        }
        return columns;
    }

    /** The states of all calls, and the number of rows where it is kept. */
    public List<Column> states(int[] groups, int count) {
        List<Column> columns = partials(groups, count);
        if (retracts) {
            columns.add(rows.result(groups, count));
        }
        return columns;
    }

    /** Adds the {@link #states} in columns of a batch, from a column on, to groups. */
    public void mergeStates(Batch batch, int from, int[] rowNumbers, int[] groups, int count) {
        int column = from;
        for (Accumulator accumulator : accumulators) {
            int width = accumulator.stateWidth();
            accumulator.mergeState(columns(batch, column, width), rowNumbers, groups, count);
            column += width;
        }
        if (retracts) {
            rows.mergeState(columns(batch, column, 1), rowNumbers, groups, count);
        }
    }

    /** Adds groups of {@code source} to groups. */
    public void merge(GroupStates source, int[] sourceGroups, int[] groups, int count) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].merge(source.accumulators[i], sourceGroups, groups, count);
        }
        if (retracts) {
            rows.merge(source.rows, sourceGroups, groups, count);
        }
    }

    /** Whether {@link #subtract} is exact for all calls. */
    public boolean subtracts() {
        for (Accumulator accumulator : accumulators) {
            if (!accumulator.subtracts()) {
                return false;
            }
        }
        return true;
    }

    /** Takes back an earlier {@link #merge}. */
    public void subtract(GroupStates source, int[] sourceGroups, int[] groups, int count) {
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i].subtract(source.accumulators[i], sourceGroups, groups, count);
        }
        if (retracts) {
            rows.subtract(source.rows, sourceGroups, groups, count);
        }
    }

    public void clear(int[] groups, int count) {
        for (Accumulator accumulator : accumulators) {
            accumulator.clear(groups, count);
        }
        if (retracts) {
            rows.clear(groups, count);
        }
    }

    public void clearAll(int limit) {
        for (Accumulator accumulator : accumulators) {
            accumulator.clearAll(limit);
        }
        if (retracts) {
            rows.clearAll(limit);
        }
    }
}
