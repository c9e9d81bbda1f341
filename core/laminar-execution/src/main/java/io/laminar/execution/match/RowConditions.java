package io.laminar.execution.match;

import io.laminar.execution.expression.CompiledExpressions;
import io.laminar.execution.expression.ExpressionCompiler;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.MatchFrame;
import io.laminar.plan.node.MatchNode;
import io.laminar.plan.node.MatchValue;
import io.laminar.plan.node.MatchValue.Navigation;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BooleanColumn;
import io.laminar.spi.batch.Column;
import io.laminar.spi.function.EvaluationContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Conditions that look only at the row itself and rows at a fixed distance: they are computed for all rows of all
 * partitions at once, before any search. A variable whose condition is another one counts as possible.
 */
final class RowConditions {
    private final RowStore store;
    private final List<Navigation> values = new ArrayList<>();
    /** The variable of each expression. */
    private final List<Integer> variables = new ArrayList<>();

    private final CompiledExpressions expressions;
    private final long others;

    RowConditions(MatchNode node, RowStore store, ExpressionCompiler compiler) {
        this.store = store;
        List<Expression> conditions = new ArrayList<>();
        long rest = 0;
        for (int v = 0; v < node.variables().size(); v++) {
            MatchFrame condition = node.conditions().get(v);
            if (isOfRow(condition, v)) {
                List<Integer> positions =
                        condition.values().stream().map(this::add).toList();
                conditions.add(Expressions.moveInputs(condition.expressions().get(0), positions::get));
                variables.add(v);
            } else {
                rest |= 1L << v;
            }
        }
        this.others = rest;
        this.expressions =
                compiler.compile(new MatchFrame(List.copyOf(values), List.of()).schema(), null, conditions, null);
    }

    /** Whether a variable's condition looks at nothing that depends on what has been matched before. */
    static boolean isOfRow(MatchFrame condition, int variable) {
        return condition.values().stream()
                .allMatch(value -> value instanceof Navigation to
                        && !to.first()
                        && to.offset() == 0
                        && to.column() != Navigation.CLASSIFIER
                        && (to.variables() >>> variable & 1) != 0);
    }

    /** The position of a value; which variables the row is matched to makes no difference here. */
    private int add(MatchValue value) {
        Navigation to = (Navigation) value;
        Navigation same = new Navigation(to.column(), MatchValue.ALL, false, 0, to.shift(), false, to.type());
        int known = values.indexOf(same);
        if (known >= 0) {
            return known;
        }
        values.add(same);
        return values.size() - 1;
    }

    /**
     * Sets the variables that rows can have.
     *
     * @param rows their numbers in the partitions
     */
    void evaluate(List<MatchPartition> partitions, Longs rows, EvaluationContext context) {
        int count = rows.size();
        if (variables.isEmpty()) {
            for (int i = 0; i < count; i++) {
                partitions.get(i).setVariables(rows.get(i), others);
            }
            return;
        }
        Column[] columns = new Column[values.size()];
        int[] handles = new int[count];
        for (int c = 0; c < columns.length; c++) {
            Navigation to = values.get(c);
            for (int i = 0; i < count; i++) {
                handles[i] = partitions.get(i).handleOrNone(rows.get(i) + to.shift());
            }
            columns[c] = column(to, handles, count);
        }
        Batch results =
                Objects.requireNonNull(expressions.evaluate(new Batch(count, columns, new long[count], null), context));
        long[] bits = new long[count];
        for (int e = 0; e < variables.size(); e++) {
            BooleanColumn met = (BooleanColumn) results.column(e);
            long bit = 1L << variables.get(e);
            for (int i = 0; i < count; i++) {
                bits[i] |= met.value(i) && !met.isNull(i) ? bit : 0;
            }
        }
        for (int i = 0; i < count; i++) {
            partitions.get(i).setVariables(rows.get(i), bits[i] | others);
        }
    }

    private Column column(Navigation to, int[] handles, int count) {
        return switch (to.column()) {
            case Navigation.EXISTS -> RowStore.exists(handles, count);
            case Navigation.ROWTIME -> store.times(handles, count);
            default -> store.gather(to.column(), handles, count);
        };
    }
}
