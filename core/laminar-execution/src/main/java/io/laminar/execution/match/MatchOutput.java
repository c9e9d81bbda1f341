package io.laminar.execution.match;

import io.laminar.execution.aggregate.GroupStates;
import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.key.Rows;
import io.laminar.execution.match.MatchAggregates.Matched;
import io.laminar.execution.operator.Output;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MatchValue.Navigation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.function.EvaluationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Makes rows of matches. What measures read is collected for many matches, as handles of rows, and then computed in
 * columns. Rows must stay in the store until {@link #flush}.
 */
final class MatchOutput implements MatchSearch.Matches {
    private static final int NONE = -1;

    private final MatchNode node;
    private final MatchHistory history;
    private final RowStore store;
    private final VariableNames names;
    private final CompiledExpressions measures;
    private final List<MatchValue> values;
    /** By value: handles of rows, or variables. Empty for values that are collected otherwise. */
    private final Ints[] found;

    private final Longs numbers = new Longs();
    private final Longs times = new Longs();
    private int rows;

    /** Aggregates up to the row that is given out; a group per row. */
    private final MatchAggregates running;

    private final Ints runningGroups = new Ints();
    private int runningLimit;
    /** Aggregates over the match; a group per match. */
    private final MatchAggregates whole;

    private final Ints wholeGroups = new Ints();
    private int wholeLimit;
    private final Ints fedHandles = new Ints();
    private final Ints fedVariables = new Ints();
    private final Ints fedPositions = new Ints();
    private final Ints fedGroups = new Ints();

    /** The match at hand. */
    private int length;

    private int[] variables = new int[16];
    private boolean[] hidden = new boolean[16];
    private int[] positions = new int[16];

    MatchOutput(MatchNode node, MatchHistory history, RowStore store, ExpressionCompiler compiler) {
        this.node = node;
        this.history = history;
        this.store = store;
        this.names = new VariableNames(node.variables());
        this.values = node.measures().values();
        this.measures =
                compiler.compile(node.measures().schema(), null, node.measures().expressions(), null);
        this.found = new Ints[values.size()];
        Arrays.setAll(found, i -> new Ints());
        this.running = new MatchAggregates(aggregates(node, false), node, store, compiler);
        this.whole = new MatchAggregates(aggregates(node, true), node, store, compiler);
    }

    private static List<MatchValue.Aggregate> aggregates(MatchNode node, boolean ofWhole) {
        return node.measures().values().stream()
                .filter(MatchValue.Aggregate.class::isInstance)
                .map(MatchValue.Aggregate.class::cast)
                .filter(aggregate -> isWhole(node, aggregate) == ofWhole)
                .toList();
    }

    /** With one row per match the current row is the last one. */
    private static boolean isWhole(MatchNode node, MatchValue.Aggregate aggregate) {
        return !node.allRows() || aggregate.whole();
    }

    /** Whether there are rows enough for a batch. */
    boolean isFull() {
        return rows >= Batch.TARGET_ROWS;
    }

    @Override
    public void found(MatchPartition partition, int entry) {
        read(entry);
        int given = 0;
        if (node.allRows()) {
            for (int i = 0; i < length; i++) {
                given += hidden[i] ? 0 : 1;
            }
            // A match without rows shows at the row where it is.
            given += length == 0 ? 1 : 0;
        } else {
            given = 1;
        }
        if (given == 0) {
            return;
        }
        for (int v = 0; v < values.size(); v++) {
            collect(values.get(v), found[v], partition, given);
        }
        aggregateWhole(partition, given);
        aggregateRunning(partition);
        for (int i = 0; i < given; i++) {
            numbers.add(partition.matches);
            times.add(partition.decided);
        }
        rows += given;
    }

    private void read(int entry) {
        length = history.length(entry);
        if (variables.length < length) {
            int capacity = Math.max(length, variables.length * 2);
            variables = new int[capacity];
            hidden = new boolean[capacity];
            positions = new int[capacity];
        }
        int at = entry;
        for (int i = length - 1; i >= 0; i--) {
            variables[i] = history.variable(at);
            hidden[i] = history.isHidden(at);
            at = history.parent(at);
        }
    }

    // Rows that measures look at ------------------------------------------------------------------------------------

    private void collect(MatchValue value, Ints to, MatchPartition partition, int given) {
        if (value instanceof MatchValue.OwnColumn) {
            collectOwn(to, partition);
        } else if (value instanceof Navigation navigation) {
            collect(navigation, to, partition, given);
        }
    }

    private void collectOwn(Ints to, MatchPartition partition) {
        if (!node.allRows() || length == 0) {
            to.add(partition.handle(partition.start));
            return;
        }
        for (int i = 0; i < length; i++) {
            if (!hidden[i]) {
                to.add(partition.handle(partition.start + i));
            }
        }
    }

    private void collect(Navigation navigation, Ints to, MatchPartition partition, int given) {
        boolean ofRow = node.allRows() && !navigation.whole() && length > 0;
        int count = 0;
        for (int i = 0; i < length; i++) {
            if ((navigation.variables() >>> variables[i] & 1) != 0) {
                positions[count++] = i;
            }
            if (ofRow && !hidden[i]) {
                to.add(result(navigation, target(navigation, count), partition));
            }
        }
        if (ofRow) {
            return;
        }
        int result = result(navigation, target(navigation, count), partition);
        for (int i = 0; i < given; i++) {
            to.add(result);
        }
    }

    /** The position in the match, among the first {@code count} of the navigation's rows. */
    private int target(Navigation navigation, int count) {
        int index = navigation.first() ? navigation.offset() : count - 1 - navigation.offset();
        return index < 0 || index >= count ? NONE : positions[index];
    }

    private int result(Navigation navigation, int position, MatchPartition partition) {
        if (position == NONE) {
            return NONE;
        }
        return navigation.column() == Navigation.CLASSIFIER
                ? variables[position]
                : partition.handleOrNone(partition.start + position + navigation.shift());
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    private void aggregateWhole(MatchPartition partition, int given) {
        if (whole.isEmpty()) {
            return;
        }
        int group = wholeLimit++;
        for (int i = 0; i < length; i++) {
            fedHandles.add(partition.handle(partition.start + i));
            fedVariables.add(variables[i]);
            fedPositions.add(i);
            fedGroups.add(group);
        }
        for (int i = 0; i < given; i++) {
            wholeGroups.add(group);
        }
    }

    /** Each row's aggregates are those of the row before, and the row itself. */
    private void aggregateRunning(MatchPartition partition) {
        if (running.isEmpty()) {
            return;
        }
        GroupStates states = running.states();
        int first = runningLimit;
        runningLimit += Math.max(1, length);
        states.reserve(runningLimit);
        if (length == 0) {
            runningGroups.add(first);
            return;
        }
        Batch arguments = running.arguments(rowsOf(partition), evaluation());
        int[] row = new int[1];
        int[] before = new int[1];
        int[] group = new int[1];
        for (int i = 0; i < length; i++) {
            row[0] = i;
            group[0] = first + i;
            before[0] = group[0] - 1;
            if (i > 0) {
                states.merge(states, before, group, 1);
            }
            states.apply(arguments, row, group, 1);
            if (!hidden[i]) {
                runningGroups.add(group[0]);
            }
        }
    }

    private Matched rowsOf(MatchPartition partition) {
        int[] handles = new int[length];
        int[] numbered = new int[length];
        for (int i = 0; i < length; i++) {
            handles[i] = partition.handle(partition.start + i);
            numbered[i] = i;
        }
        return new Matched(handles, variables, numbered, length);
    }

    // Output --------------------------------------------------------------------------------------------------------

    private @Nullable EvaluationContext evaluation;

    void open(EvaluationContext context) {
        evaluation = context;
    }

    private EvaluationContext evaluation() {
        return Objects.requireNonNull(evaluation, "not open");
    }

    /** Gives out what has been collected. */
    void flush(Output out) {
        if (rows == 0) {
            return;
        }
        List<Column> ofMatch = wholeResults();
        List<Column> ofRow = running.isEmpty() ? List.of() : running.states().results(runningGroups.values(), rows);
        List<MatchValue> wholeValues = new ArrayList<>(aggregates(node, true));
        List<MatchValue> runningValues = new ArrayList<>(aggregates(node, false));
        Column[] columns = new Column[values.size()];
        for (int v = 0; v < columns.length; v++) {
            MatchValue value = values.get(v);
            if (value instanceof MatchValue.Aggregate) {
                int position = wholeValues.indexOf(value);
                columns[v] = position >= 0 ? ofMatch.get(position) : ofRow.get(runningValues.indexOf(value));
            } else {
                columns[v] = column(value, found[v].values());
            }
        }
        Batch batch = new Batch(rows, columns, times.toArray(), null);
        out.emit(Objects.requireNonNull(measures.evaluate(batch, evaluation())));
        clear();
    }

    private List<Column> wholeResults() {
        if (whole.isEmpty()) {
            return List.of();
        }
        GroupStates states = whole.states();
        states.reserve(wholeLimit);
        int count = fedGroups.size();
        if (count > 0) {
            Matched fed = new Matched(fedHandles.values(), fedVariables.values(), fedPositions.values(), count);
            Batch arguments = whole.arguments(fed, evaluation());
            states.apply(arguments, Rows.first(count), fedGroups.values(), count);
        }
        return states.results(wholeGroups.values(), rows);
    }

    private Column column(MatchValue value, int[] results) {
        if (value instanceof MatchValue.OwnColumn own) {
            return store.gather(own.column(), results, rows);
        } else if (value instanceof Navigation navigation) {
            return switch (navigation.column()) {
                case Navigation.EXISTS -> RowStore.exists(results, rows);
                case Navigation.ROWTIME -> store.times(results, rows);
                case Navigation.CLASSIFIER -> names.column(results, rows);
                default -> store.gather(navigation.column(), results, rows);
            };
        }
        return new LongColumn(numbers.toArray(), null, rows);
    }

    private void clear() {
        for (Ints list : found) {
            list.clear();
        }
        numbers.clear();
        times.clear();
        rows = 0;
        running.states().clearAll(runningLimit);
        runningGroups.clear();
        runningLimit = 0;
        whole.states().clearAll(wholeLimit);
        wholeGroups.clear();
        wholeLimit = 0;
        fedHandles.clear();
        fedVariables.clear();
        fedPositions.clear();
        fedGroups.clear();
    }
}
