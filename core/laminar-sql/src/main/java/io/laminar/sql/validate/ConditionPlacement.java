package io.laminar.sql.validate;

import io.laminar.sql.error.RelPlaces;
import io.laminar.sql.function.MatchOperator;
import io.laminar.sql.function.PartnerOperator;
import io.laminar.sql.function.SystemTimeOperator;
import io.laminar.sql.function.WindowOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Moves conditions of WHERE that compare two inputs to the inner join of these: {@code FROM a, b, c WHERE a.id = b.id AND b.x
 * = c.y} is two joins, by {@code id} and by {@code x}. That has to happen before it is decided what kind of join each is. All
 * other conditions move in the finished plan ({@link io.laminar.plan.pass.PushFilters}).
 */
final class ConditionPlacement extends RelHomogeneousShuttle {

    /** The same query with its conditions in place. */
    static RelNode of(RelNode query) {
        return query.accept(new ConditionPlacement());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        RelPlaces.inherit(other, node);
        return node instanceof Filter filter && filter.getInput() instanceof Join join && isFree(join)
                ? placed(join, RelOptUtil.conjunctions(filter.getCondition()), filter)
                : node;
    }

    /**
     * A join whose result meets conditions, those that belong to a join below being part of it.
     *
     * @param clause where the conditions stood
     */
    private static RelNode placed(Join join, List<RexNode> conditions, RelNode clause) {
        int width = join.getLeft().getRowType().getFieldCount();
        boolean keepsLeft = join.getJoinType() == JoinRelType.RIGHT || join.getJoinType() == JoinRelType.FULL;
        boolean movesRight = join.getJoinType() == JoinRelType.INNER || join.getJoinType() == JoinRelType.RIGHT;
        List<RexNode> left = new ArrayList<>();
        List<RexNode> right = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : conditions) {
            ImmutableBitSet columns = RelOptUtil.InputFinder.bits(condition);
            boolean isRight = !columns.isEmpty() && columns.nth(0) >= width;
            if (!keepsLeft && columns.length() <= width && joins(join.getLeft(), columns)) {
                left.add(condition);
            } else if (movesRight && isRight && joins(join.getRight(), columns.shift(-width))) {
                right.add(RexUtil.shift(condition, -width));
            } else {
                above.add(condition);
            }
        }
        RelNode moved = left.isEmpty() && right.isEmpty()
                ? join
                : join.copy(
                        join.getTraitSet(),
                        List.of(filtered(join.getLeft(), left, clause), filtered(join.getRight(), right, clause)));
        RelPlaces.inherit(join, moved);
        return filter(moved, above, clause);
    }

    private static RelNode filtered(RelNode input, List<RexNode> conditions, RelNode clause) {
        if (conditions.isEmpty()) {
            return input;
        }
        if (input instanceof Filter filter) {
            List<RexNode> all = new ArrayList<>(RelOptUtil.conjunctions(filter.getCondition()));
            all.addAll(conditions);
            return filtered(filter.getInput(), all, filter);
        }
        return placed((Join) input, conditions, clause);
    }

    private static RelNode filter(RelNode input, List<RexNode> conditions, RelNode clause) {
        RexNode condition = RexUtil.composeConjunction(input.getCluster().getRexBuilder(), conditions, true);
        if (condition == null) {
            return input;
        }
        RelNode filter = LogicalFilter.create(input, condition);
        RelPlaces.inherit(clause, filter);
        return filter;
    }

    /** Whether columns belong to both sides of an inner join in what a join reads. */
    private static boolean joins(RelNode input, ImmutableBitSet columns) {
        RelNode node = input instanceof Filter filter ? filter.getInput() : input;
        if (!(node instanceof Join join) || !isFree(join) || columns.isEmpty()) {
            return false;
        }
        int width = join.getLeft().getRowType().getFieldCount();
        boolean isLeft = columns.length() <= width;
        boolean isRight = columns.nth(0) >= width;
        if (!isLeft && !isRight) {
            return join.getJoinType() == JoinRelType.INNER;
        }
        return isLeft
                ? !join.getJoinType().generatesNullsOnLeft() && joins(join.getLeft(), columns)
                : !join.getJoinType().generatesNullsOnRight() && joins(join.getRight(), columns.shift(-width));
    }

    /**
     * Whether conditions may move into a join. The row that a temporal or ASOF join chooses is chosen among all rows,
     * anti joins keep what does not meet a condition, rows of lookup tables exist only where they are joined, and windows
     * have no values below the join of their rows.
     */
    private static boolean isFree(Join join) {
        return !calls(join.getCondition(), SystemTimeOperator.class)
                && !calls(join.getCondition(), MatchOperator.class)
                && !calls(join.getCondition(), PartnerOperator.class)
                && !isLookup(join.getRight())
                && !hasWindows(join.getLeft())
                && !hasWindows(join.getRight());
    }

    private static boolean isLookup(RelNode input) {
        RelNode node = input.stripped();
        while (node instanceof Project) {
            node = node.getInput(0).stripped();
        }
        if (!(node instanceof TableScan scan)) {
            return false;
        }
        TableRow row = scan.getTable().unwrap(TableRow.class);
        return row != null && row.isLookup();
    }

    private static boolean hasWindows(RelNode input) {
        RelNode node = input.stripped();
        if (node instanceof Project project) {
            return project.getProjects().stream().anyMatch(e -> calls(e, WindowOperator.class))
                    || hasWindows(project.getInput());
        }
        return node instanceof Filter filter
                ? hasWindows(filter.getInput())
                : node instanceof Join join && (hasWindows(join.getLeft()) || hasWindows(join.getRight()));
    }

    /** Whether an expression calls an operator of a kind. */
    private static boolean calls(RexNode expression, Class<? extends SqlOperator> kind) {
        boolean[] found = new boolean[1];
        expression.accept(new RexVisitorImpl<Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= kind.isInstance(call.getOperator());
                return super.visitCall(call);
            }
        });
        return found[0];
    }
}
