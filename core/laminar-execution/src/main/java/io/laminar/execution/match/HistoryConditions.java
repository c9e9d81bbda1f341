package io.laminar.execution.match;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.execution.key.Rows;
import io.laminar.execution.match.MatchAggregates.Matched;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MatchValue.Navigation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.function.EvaluationContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Conditions that look at what a thread has matched. Threads of all partitions ask first; then all questions are answered
 * together, as one batch per variable. Aggregates are kept per entry of the history: that of an entry is the one of the
 * entry before, and its row.
 */
final class HistoryConditions {

    /** The questions to one variable's condition. */
    private static final class Question {
        private final MatchFrame frame;
        private final CompiledExpressions condition;
        private final List<MatchPartition> partitions = new ArrayList<>();
        private final Ints entries = new Ints();
        private @Nullable BooleanColumn answers;

        Question(MatchFrame frame, ExpressionCompiler compiler) {
            this.frame = frame;
            this.condition = compiler.compile(frame.schema(), null, frame.expressions(), null);
        }
    }

    private final RowStore store;
    private final MatchHistory history;
    private final VariableNames names;
    private final @Nullable Question[] questions;
    private final boolean asked;
    private final List<MatchValue.Aggregate> aggregateValues;
    private final MatchAggregates aggregates;
    /** Entries that are new and have no aggregates yet. */
    private final Ints fresh = new Ints();

    private final List<MatchPartition> freshPartitions = new ArrayList<>();

    HistoryConditions(MatchNode node, MatchHistory history, RowStore store, ExpressionCompiler compiler) {
        this.store = store;
        this.history = history;
        this.names = new VariableNames(node.variables());
        this.questions = new Question[node.variables().size()];
        for (int v = 0; v < questions.length; v++) {
            MatchFrame condition = node.conditions().get(v);
            if (!RowConditions.isOfRow(condition, v)) {
                questions[v] = new Question(condition, compiler);
            }
        }
        this.asked = Arrays.stream(questions).anyMatch(Objects::nonNull);
        this.aggregateValues = node.conditions().stream()
                .flatMap(condition -> condition.values().stream())
                .filter(MatchValue.Aggregate.class::isInstance)
                .map(MatchValue.Aggregate.class::cast)
                .distinct()
                .toList();
        this.aggregates = new MatchAggregates(aggregateValues, node, store, compiler);
    }

    /** The sets of variables whose rows conditions look for in histories. */
    static long[] sets(MatchNode node) {
        List<MatchFrame> asked = new ArrayList<>();
        for (int v = 0; v < node.variables().size(); v++) {
            if (!RowConditions.isOfRow(node.conditions().get(v), v)) {
                asked.add(node.conditions().get(v));
            }
        }
        return asked.stream()
                .flatMap(condition -> condition.values().stream())
                .filter(Navigation.class::isInstance)
                .mapToLong(value -> ((Navigation) value).variables())
                .distinct()
                .toArray();
    }

    /** Whether there are such conditions at all. */
    boolean areAsked() {
        return asked;
    }

    /**
     * Asks whether a row can have the variable of its new entry.
     *
     * @return the number of the question; without meaning if the answer is known to be yes
     */
    int ask(MatchPartition partition, int entry) {
        if (!aggregates.isEmpty()) {
            fresh.add(entry);
            freshPartitions.add(partition);
        }
        Question question = questions[history.variable(entry)];
        if (question == null) {
            return 0;
        }
        question.partitions.add(partition);
        question.entries.add(entry);
        return question.entries.size() - 1;
    }

    /** The answer to a question. */
    boolean answer(int variable, int number) {
        Question question = questions[variable];
        if (question == null) {
            return true;
        }
        BooleanColumn answers = Objects.requireNonNull(question.answers);
        return answers.value(number) && !answers.isNull(number);
    }

    /** Answers all questions since the last time. */
    void evaluate(EvaluationContext context) {
        aggregate(context);
        for (Question question : questions) {
            if (question != null) {
                question.answers = question.entries.size() == 0 ? null : answers(question, context);
                question.partitions.clear();
                question.entries.clear();
            }
        }
    }

    // Aggregates ----------------------------------------------------------------------------------------------------

    /** Gives entries that have been read back their aggregates; every entry comes behind the one before it. */
    void restored(MatchPartition partition, int[] entries, EvaluationContext context) {
        if (aggregates.isEmpty()) {
            return;
        }
        for (int entry : entries) {
            fresh.add(entry);
            freshPartitions.add(partition);
            aggregate(context);
        }
    }

    private void aggregate(EvaluationContext context) {
        int count = fresh.size();
        if (count == 0) {
            return;
        }
        var states = aggregates.states();
        states.reserve(history.limit());
        states.clear(fresh.values(), count);
        int[] parents = new int[count];
        int[] children = new int[count];
        int linked = 0;
        for (int i = 0; i < count; i++) {
            children[linked] = fresh.get(i);
            parents[linked] = history.parent(fresh.get(i));
            linked += parents[linked] >= 0 ? 1 : 0;
        }
        states.merge(states, parents, children, linked);
        Batch rows = aggregates.arguments(freshRows(count), context);
        states.apply(rows, Rows.first(count), fresh.values(), count);
        fresh.clear();
        freshPartitions.clear();
    }

    private Matched freshRows(int count) {
        int[] handles = new int[count];
        int[] variables = new int[count];
        int[] positions = new int[count];
        for (int i = 0; i < count; i++) {
            MatchPartition partition = freshPartitions.get(i);
            positions[i] = history.row(fresh.get(i));
            variables[i] = history.variable(fresh.get(i));
            handles[i] = partition.handle(partition.start + positions[i]);
        }
        return new Matched(handles, variables, positions, count);
    }

    // Answers -------------------------------------------------------------------------------------------------------

    private BooleanColumn answers(Question question, EvaluationContext context) {
        int count = question.entries.size();
        List<Column> results =
                aggregates.isEmpty() ? List.of() : aggregates.states().results(question.entries.values(), count);
        Column[] columns = new Column[question.frame.values().size()];
        for (int c = 0; c < columns.length; c++) {
            MatchValue value = question.frame.values().get(c);
            columns[c] = value instanceof MatchValue.Aggregate aggregate
                    ? results.get(aggregateValues.indexOf(aggregate))
                    : column(value, question, count);
        }
        Batch answered = Objects.requireNonNull(
                question.condition.evaluate(new Batch(count, columns, new long[count], null), context));
        return (BooleanColumn) answered.column(0);
    }

    private Column column(MatchValue value, Question question, int count) {
        if (value instanceof Navigation to) {
            return navigated(to, question, count);
        }
        // The number that the match would have.
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = question.partitions.get(i).matches + 1;
        }
        return new LongColumn(numbers, null, count);
    }

    private Column navigated(Navigation to, Question question, int count) {
        int set = history.set(to.variables());
        int[] found = new int[count];
        for (int i = 0; i < count; i++) {
            int entry = question.entries.get(i);
            int row = to.first() ? history.firstRow(set, entry, to.offset()) : history.lastRow(set, entry, to.offset());
            if (row == MatchHistory.NONE) {
                found[i] = -1;
            } else if (to.column() == Navigation.CLASSIFIER) {
                found[i] = history.variable(history.entryAt(entry, row));
            } else {
                MatchPartition partition = question.partitions.get(i);
                found[i] = partition.handleOrNone(partition.start + row + to.shift());
            }
        }
        return switch (to.column()) {
            case Navigation.EXISTS -> RowStore.exists(found, count);
            case Navigation.ROWTIME -> store.times(found, count);
            case Navigation.CLASSIFIER -> names.column(found, count);
            default -> store.gather(to.column(), found, count);
        };
    }
}
