package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.node.ChangelogMode;
import io.laminar.plan.node.Emit;
import io.laminar.plan.node.ExchangeNode;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinNode;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.PlanNode;
import io.laminar.spi.type.Field;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an inner join of inputs that only append computes, in terms of what the projections below it read: neither the
 * names nor the positions of its columns matter.
 *
 * @param pairs what it has to have in common with another one to share its rows
 * @param left columns of the left input
 * @param right columns of the right input
 */
record JoinShape(Pairs pairs, List<Column> left, List<Column> right) {

    /** Rows on their way into a join: those of a node that meet a condition. */
    record Rows(
            PlanNode node,
            @Nullable Expression condition,
            @Nullable Expression rowtime) {}

    /** A column of an input; one that is not nullable may refuse the NULLs of its expression. */
    record Column(Expression value, boolean nullable) {}

    record Key(Column left, Column right, boolean nullSafe) {}

    /** @param condition over the columns of the left rows' node and behind them those of the right one's */
    record Pairs(
            Rows left,
            Rows right,
            List<Key> keys,
            @Nullable Expression condition,
            Emit emit,
            long leftTtl,
            long rightTtl,
            long broadcastLimit) {}

    /** Null for joins that share nothing but with their equals. */
    static @Nullable JoinShape of(PlanNode node) {
        if (!(node instanceof JoinNode join)
                || join.type() != JoinType.INNER
                || !isSimple(join.left())
                || !isSimple(join.right())) {
            return null;
        }
        List<Column> left = columns(join.left());
        List<Column> right = columns(join.right());
        Rows leftRows = rows(join.left());
        Rows rightRows = rows(join.right());
        List<Key> keys = join.keys().stream()
                .map(key -> new Key(left.get(key.left()), right.get(key.right()), key.nullSafe()))
                .toList();
        Expression condition = join.condition();
        Expression ofRows = condition == null
                ? null
                : Expressions.substitute(
                        condition, pair(left, right, leftRows.node().schema().size()), null);
        return new JoinShape(
                new Pairs(
                        leftRows,
                        rightRows,
                        keys,
                        ofRows,
                        join.emit(),
                        join.leftTtl(),
                        join.rightTtl(),
                        join.broadcastLimit()),
                left,
                right);
    }

    private static boolean isSimple(PlanNode input) {
        return input.changelog() == ChangelogMode.APPEND
                && !(input instanceof ExchangeNode)
                && columns(input).stream()
                        .noneMatch(column ->
                                Expressions.isVolatile(column.value()) || Expressions.readsRowtime(column.value()));
    }

    private static Rows rows(PlanNode input) {
        return input instanceof FilterProjectNode project
                ? new Rows(project.input(), project.condition(), project.rowtime())
                : new Rows(input, null, null);
    }

    private static List<Column> columns(PlanNode input) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < input.schema().size(); i++) {
            Field field = input.schema().field(i);
            Expression value = input instanceof FilterProjectNode project
                    ? project.projections().get(i)
                    : new Expression.Input(i, field.type(), field.nullable());
            columns.add(new Column(value, field.nullable()));
        }
        return columns;
    }

    private static List<Expression> pair(List<Column> left, List<Column> right, int width) {
        List<Expression> pair = new ArrayList<>(left.stream().map(Column::value).toList());
        right.forEach(column -> pair.add(Expressions.moveInputs(column.value(), i -> i + width)));
        return pair;
    }
}
