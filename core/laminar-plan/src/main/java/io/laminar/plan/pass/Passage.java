package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Failures;
import io.laminar.plan.node.AggregateNode;
import io.laminar.plan.node.AsyncNode;
import io.laminar.plan.node.DeduplicateNode;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.ExpandNode;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MaterializeNode;
import io.laminar.plan.node.OverNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SetOperationNode;
import io.laminar.plan.node.TopNNode;
import io.laminar.plan.node.UnnestNode;
import io.laminar.plan.node.WindowAggregateNode;
import io.laminar.plan.node.WindowAssignNode;
import io.laminar.plan.node.WindowSpec;
import io.laminar.plan.node.WindowTopNNode;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which conditions over the result of a node may be asked of its input instead: those about columns that are the same for
 * all input rows a result row is made of, where no result row depends on rows that differ in them.
 *
 * @param source where a column of the result stands in the input; negative if it does not
 * @param sameRows whether every input row is in the result, with its event time: then conditions that may fail, and those
 *     about the event time, can move too
 */
record Passage(IntUnaryOperator source, boolean sameRows) {

    /** The way through a node with one input; null if there is none. */
    static @Nullable Passage of(PlanNode node) {
        if (node instanceof ExchangeNode) {
            return new Passage(column -> column, true);
        } else if (node instanceof ExpandNode || node instanceof AsyncNode) {
            return new Passage(first(node.inputs().get(0).schema().size()), true);
        } else if (node instanceof WindowAssignNode assign) {
            return new Passage(first(assign.input().schema().size()), false);
        } else if (node instanceof UnnestNode unnest) {
            return new Passage(
                    column ->
                            column < unnest.carried().size() ? unnest.carried().get(column) : -1,
                    false);
        } else if (node instanceof SetOperationNode) {
            return new Passage(column -> column, false);
        } else if (node instanceof AggregateNode aggregate) {
            return new Passage(keys(aggregate.keys()), false);
        } else if (node instanceof WindowAggregateNode aggregate) {
            return new Passage(window(aggregate), false);
        }
        return ofPartitions(node);
    }

    private static @Nullable Passage ofPartitions(PlanNode node) {
        if (node instanceof TopNNode top) {
            return new Passage(within(top.partition()), false);
        } else if (node instanceof WindowTopNNode top) {
            BitSet columns = set(top.partition());
            columns.set(top.window().startColumn());
            columns.set(top.window().endColumn());
            return new Passage(within(columns), false);
        } else if (node instanceof DeduplicateNode deduplicate) {
            return new Passage(within(deduplicate.keys()), false);
        } else if (node instanceof MaterializeNode materialize) {
            return new Passage(within(materialize.keys()), false);
        } else if (node instanceof OverNode over) {
            return new Passage(within(over.keys()), false);
        }
        return node instanceof MatchNode match ? new Passage(partition(match), false) : null;
    }

    private static IntUnaryOperator first(int count) {
        return column -> column < count ? column : -1;
    }

    private static IntUnaryOperator keys(List<Integer> keys) {
        return column -> column < keys.size() ? keys.get(column) : -1;
    }

    private static IntUnaryOperator within(List<Integer> columns) {
        return within(set(columns));
    }

    private static IntUnaryOperator within(BitSet columns) {
        return column -> columns.get(column) ? column : -1;
    }

    private static BitSet set(List<Integer> columns) {
        BitSet set = new BitSet();
        columns.forEach(set::set);
        return set;
    }

    private static IntUnaryOperator window(WindowAggregateNode aggregate) {
        IntUnaryOperator keys = keys(aggregate.keys());
        if (!(aggregate.window() instanceof WindowSpec.Attached attached)) {
            return keys;
        }
        int end = aggregate.schema().size() - 1;
        return column -> column == end
                ? attached.endColumn()
                : column == end - 1 ? attached.startColumn() : keys.applyAsInt(column);
    }

    private static IntUnaryOperator partition(MatchNode match) {
        return column -> match.measures().expressions().get(column) instanceof Expression.Input value
                        && match.measures().values().get(value.index()) instanceof MatchValue.OwnColumn own
                        && match.partition().contains(own.column())
                ? own.column()
                : -1;
    }

    /** Whether a condition over the result can be asked of the input. */
    boolean admits(Expression condition) {
        BitSet columns = new BitSet();
        Expressions.collectInputs(condition, columns);
        boolean here = columns.stream().allMatch(column -> source.applyAsInt(column) >= 0);
        if (!here || Expressions.isVolatile(condition)) {
            return false;
        }
        // Without columns it says nothing of single rows, and an aggregation of no rows may have a result.
        return sameRows
                || (!columns.isEmpty() && !Failures.possible(condition) && !Expressions.readsRowtime(condition));
    }

    /** A condition that is admitted, over the input. */
    Expression below(Expression condition) {
        return Expressions.moveInputs(condition, source);
    }
}
