package io.laminar.sql.plan;

import io.laminar.plan.expression.Operation;
import io.laminar.sql.function.BuiltInOperator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlKind;
import org.jspecify.annotations.Nullable;

/**
 * A filter that keeps the first ranks of a ROW_NUMBER, RANK or DENSE_RANK below it.
 *
 * @param over the ranking
 * @param project computes the ranking
 * @param outer a projection between ranking and filter; null if there is none
 * @param first first rank that is kept, from 1
 * @param last last rank that is kept
 * @param rest what else the filter asks; input {@code rank} stands for the rank
 * @param rank position of the rank behind the columns of the project's input
 */
record RankFilter(
        RexOver over, Project project, @Nullable Project outer, long first, long last, List<RexNode> rest, int rank) {

    /** The filter as a ranking with a bound from above; null if it is something else. */
    static @Nullable RankFilter of(Filter filter) {
        Project outer = null;
        RexNode condition = filter.getCondition();
        if (!(filter.getInput() instanceof Project project)) {
            return null;
        }
        if (!project.containsOver() && project.getInput() instanceof Project below) {
            outer = project;
            condition = RelOptUtil.pushPastProject(condition, outer);
            project = below;
        }
        RexOver over = ranking(project);
        if (over == null) {
            return null;
        }
        int rank = project.getInput().getRowType().getFieldCount();
        condition = RelOptUtil.pushPastProject(condition, project).accept(reference(over, rank));
        Bounds bounds = Bounds.of(condition, rank);
        return bounds.last == Long.MAX_VALUE
                ? null
                : new RankFilter(over, project, outer, bounds.first, bounds.last, bounds.rest, rank);
    }

    /** Expressions of the project, with the rank as an input. */
    List<RexNode> projections() {
        RexShuttle reference = reference(over, rank);
        return project.getProjects().stream()
                .map(node -> node.accept(reference))
                .toList();
    }

    /** Puts the column with the rank in the place of the ranking. */
    private static RexShuttle reference(RexOver over, int rank) {
        RexInputRef column = new RexInputRef(rank, over.getType());
        return new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver other) {
                return column;
            }
        };
    }

    /** The one window function of a project, if it ranks. */
    private static @Nullable RexOver ranking(Project project) {
        Set<RexOver> found = new LinkedHashSet<>();
        RexVisitorImpl<Void> finder = new RexVisitorImpl<>(true) {
            @Override
            public @Nullable Void visitOver(RexOver over) {
                found.add(over);
                return null;
            }
        };
        project.getProjects().forEach(node -> node.accept(finder));
        if (found.size() != 1) {
            return null;
        }
        RexOver over = found.iterator().next();
        SqlKind kind = over.getAggOperator().getKind();
        boolean ranks = kind == SqlKind.ROW_NUMBER || kind == SqlKind.RANK || kind == SqlKind.DENSE_RANK;
        return ranks ? over : null;
    }

    /** Which ranks a condition keeps, and what else it asks. */
    private static final class Bounds {
        private long first = 1;
        private long last = Long.MAX_VALUE;
        private final List<RexNode> rest = new ArrayList<>();

        static Bounds of(RexNode condition, int rank) {
            Bounds bounds = new Bounds();
            for (RexNode part : RelOptUtil.conjunctions(condition)) {
                if (!bounds.take(part, rank)) {
                    bounds.rest.add(part);
                }
            }
            return bounds;
        }

        private boolean take(RexNode part, int rank) {
            if (!(part instanceof RexCall call) || !(call.getOperator() instanceof BuiltInOperator operator)) {
                return false;
            }
            if (call.getOperands().size() != 2) {
                return false;
            }
            RexNode left = call.getOperands().get(0);
            RexNode right = call.getOperands().get(1);
            if (isRank(left, rank) && integer(right) != null) {
                return limit(operator.operation(), Objects.requireNonNull(integer(right)));
            }
            return isRank(right, rank)
                    && integer(left) != null
                    && limit(mirrored(operator.operation()), Objects.requireNonNull(integer(left)));
        }

        private static boolean isRank(RexNode node, int rank) {
            return node instanceof RexInputRef reference && reference.getIndex() == rank;
        }

        private static @Nullable Long integer(RexNode node) {
            if (!(node instanceof RexLiteral literal) || literal.isNull()) {
                return null;
            }
            BigDecimal number = literal.getValueAs(BigDecimal.class);
            return number == null || number.stripTrailingZeros().scale() > 0 ? null : number.longValue();
        }

        private static Operation mirrored(Operation operation) {
            return switch (operation) {
                case LESS -> Operation.GREATER;
                case LESS_OR_EQUAL -> Operation.GREATER_OR_EQUAL;
                case GREATER -> Operation.LESS;
                case GREATER_OR_EQUAL -> Operation.LESS_OR_EQUAL;
                default -> operation;
            };
        }

        private boolean limit(Operation operation, long value) {
            switch (operation) {
                case LESS -> last = Math.min(last, value - 1);
                case LESS_OR_EQUAL -> last = Math.min(last, value);
                case GREATER -> first = Math.max(first, value + 1);
                case GREATER_OR_EQUAL -> first = Math.max(first, value);
                case EQUAL -> {
                    first = Math.max(first, value);
                    last = Math.min(last, value);
                }
                default -> {
                    return false;
                }
            }
            return true;
        }
    }
}
