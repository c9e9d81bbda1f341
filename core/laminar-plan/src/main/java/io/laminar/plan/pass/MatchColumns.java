package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SortKey;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The input columns that a {@link MatchNode} reads, and the same node over columns that have moved. */
final class MatchColumns {

    private MatchColumns() {}

    /** Adds the columns read for some of the node's output columns. */
    static void collect(MatchNode node, BitSet outputs, BitSet inputs) {
        node.partition().forEach(inputs::set);
        node.order().forEach(key -> inputs.set(key.column()));
        node.conditions().forEach(condition -> collect(condition, inputs));
        collect(kept(node.measures(), outputs.stream().boxed().toList()), inputs);
        // The name of the variable follows the input's columns, and is none of them.
        inputs.clear(node.input().schema().size());
    }

    private static void collect(MatchFrame frame, BitSet read) {
        for (MatchValue value : frame.values()) {
            if (value instanceof MatchValue.Navigation to && to.column() >= 0) {
                read.set(to.column());
            } else if (value instanceof MatchValue.OwnColumn own) {
                read.set(own.column());
            } else if (value instanceof MatchValue.Aggregate aggregate) {
                aggregate.arguments().forEach(argument -> Expressions.collectInputs(argument, read));
            }
        }
    }

    /** The frame with some of its expressions and the values they read. */
    private static MatchFrame kept(MatchFrame frame, List<Integer> expressions) {
        BitSet read = new BitSet();
        expressions.forEach(e -> Expressions.collectInputs(frame.expressions().get(e), read));
        List<Integer> values = read.stream().boxed().toList();
        List<Expression> moved = new ArrayList<>();
        for (int e : expressions) {
            moved.add(Expressions.moveInputs(frame.expressions().get(e), values::indexOf));
        }
        return new MatchFrame(values.stream().map(frame.values()::get).toList(), moved);
    }

    /**
     * The node over a narrower input.
     *
     * @param outputs the output columns that are kept
     * @param position where a former input column is now; also asked for the column behind the last one
     */
    static MatchNode over(PlanNode input, MatchNode node, List<Integer> outputs, IntUnaryOperator position) {
        int width = node.input().schema().size();
        IntUnaryOperator moved = c -> c == width ? input.schema().size() : position.applyAsInt(c);
        return new MatchNode(
                input,
                node.partition().stream().map(moved::applyAsInt).toList(),
                node.order().stream()
                        .map(key -> new SortKey(moved.applyAsInt(key.column()), key.descending(), key.nullsFirst()))
                        .toList(),
                node.variables(),
                node.pattern(),
                node.conditions().stream()
                        .map(condition -> move(condition, moved))
                        .toList(),
                node.atStart(),
                node.atEnd(),
                node.within(),
                node.skip(),
                node.allRows(),
                move(kept(node.measures(), outputs), moved),
                node.limit(),
                node.schema().select(outputs));
    }

    private static MatchFrame move(MatchFrame frame, IntUnaryOperator moved) {
        return new MatchFrame(
                frame.values().stream().map(value -> move(value, moved)).toList(), frame.expressions());
    }

    private static MatchValue move(MatchValue value, IntUnaryOperator moved) {
        if (value instanceof MatchValue.Navigation to && to.column() >= 0) {
            return new MatchValue.Navigation(
                    moved.applyAsInt(to.column()),
                    to.variables(),
                    to.first(),
                    to.offset(),
                    to.shift(),
                    to.whole(),
                    to.type());
        } else if (value instanceof MatchValue.OwnColumn own) {
            return new MatchValue.OwnColumn(moved.applyAsInt(own.column()), own.type(), own.nullable());
        } else if (value instanceof MatchValue.Aggregate aggregate) {
            return new MatchValue.Aggregate(
                    aggregate.function(),
                    aggregate.arguments().stream()
                            .map(argument -> Expressions.moveInputs(argument, moved))
                            .toList(),
                    aggregate.distinct(),
                    aggregate.variables(),
                    aggregate.whole(),
                    aggregate.type(),
                    aggregate.nullable());
        }
        return value;
    }
}
