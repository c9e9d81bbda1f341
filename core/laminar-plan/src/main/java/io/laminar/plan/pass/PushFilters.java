package io.laminar.plan.pass;

import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expressions;
import io.laminar.plan.expression.Failures;
import io.laminar.plan.node.FilterProjectNode;
import io.laminar.plan.node.JoinParts;
import io.laminar.plan.node.JoinType;
import io.laminar.plan.node.LookupJoinNode;
import io.laminar.plan.node.PlanNode;
import io.laminar.plan.node.SinkNode;
import io.laminar.plan.node.UnionNode;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Moves conditions towards the sources, so that rows nobody wants are neither sent nor kept. They do not move into what
 * other readers use too, nor, where late rows go to a table, into what tells which rows are late.
 */
public final class PushFilters implements PlanPass {

    @Override
    public StreamPlan apply(StreamPlan plan) {
        Pusher pusher = new Pusher(plan);
        return new StreamPlan(
                plan.sinks().stream()
                        .map(sink -> (SinkNode) pusher.filtered(sink, List.of()))
                        .toList(),
                plan.settings());
    }

    private static final class Pusher {
        private final Consumers consumers;
        private final boolean keepsLateRows;
        private final Map<PlanNode, PlanNode> done = new HashMap<>();

        Pusher(StreamPlan plan) {
            this.consumers = new Consumers(plan);
            this.keepsLateRows = plan.settings().values().has(PipelineSettings.LATE_ROWS);
        }

        /** The rows of a node that meet conditions, which are asked as early as possible. */
        PlanNode filtered(PlanNode node, List<Expression> conditions) {
            if (!conditions.isEmpty()) {
                return isClosed(node)
                        ? Conditions.over(filtered(node, List.of()), conditions)
                        : descend(node, conditions);
            }
            PlanNode known = done.get(node);
            if (known == null) {
                known = descend(node, List.of());
                done.put(node, known);
            }
            return known;
        }

        private boolean isClosed(PlanNode node) {
            return consumers.isShared(node) || decidesLateRows(node);
        }

        private boolean decidesLateRows(PlanNode node) {
            return keepsLateRows && !node.lateInputs().isEmpty();
        }

        /** Whether a condition can go into a node, or further. */
        private boolean takes(PlanNode node, Expression condition) {
            if (isClosed(node)) {
                return false;
            }
            if (node instanceof FilterProjectNode project) {
                return isSteady(project, condition);
            }
            JoinParts parts = Joins.parts(node);
            if (parts != null) {
                return JoinConditions.place(node, parts, List.of(condition))
                        .above()
                        .isEmpty();
            }
            if (node instanceof LookupJoinNode join) {
                return isAboutInput(join, condition);
            }
            Passage passage = Passage.of(node);
            return node instanceof UnionNode
                    ? !Expressions.isVolatile(condition)
                    : passage != null && passage.admits(condition);
        }

        private PlanNode descend(PlanNode node, List<Expression> conditions) {
            if (node instanceof FilterProjectNode project) {
                return project(project, conditions);
            }
            JoinParts parts = Joins.parts(node);
            if (parts != null) {
                return join(node, parts, conditions);
            }
            if (node instanceof LookupJoinNode join) {
                return lookup(join, conditions);
            }
            Conditions split = Conditions.split(conditions, condition -> takes(node, condition));
            Passage passage = Passage.of(node);
            List<Expression> below = passage == null
                    ? split.moved()
                    : split.moved().stream().map(passage::below).toList();
            return Conditions.over(rebuilt(node, below), split.left());
        }

        /** @param conditions over each of its inputs */
        private PlanNode rebuilt(PlanNode node, List<Expression> conditions) {
            List<PlanNode> inputs = node.inputs().stream()
                    .map(input -> filtered(input, conditions))
                    .toList();
            return inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
        }

        private PlanNode project(FilterProjectNode project, List<Expression> conditions) {
            Conditions above = Conditions.split(conditions, condition -> isSteady(project, condition));
            List<Expression> all = new ArrayList<>(Expressions.conjuncts(project.condition()));
            above.moved()
                    .forEach(condition ->
                            all.add(Expressions.substitute(condition, project.projections(), project.rowtime())));
            Conditions split = Conditions.split(all, condition -> takes(project.input(), condition));
            PlanNode filtered = new FilterProjectNode(
                    filtered(project.input(), split.moved()),
                    Expressions.conjunction(split.left()),
                    project.projections(),
                    project.rowtime(),
                    project.schema());
            return Conditions.over(filtered, above.left());
        }

        /** Whether a condition reads nothing that is different each time it is computed. */
        private static boolean isSteady(FilterProjectNode project, Expression condition) {
            BitSet columns = new BitSet();
            Expressions.collectInputs(condition, columns);
            return !Expressions.isVolatile(condition)
                    && columns.stream()
                            .noneMatch(column ->
                                    Expressions.isVolatile(project.projections().get(column)));
        }

        private PlanNode join(PlanNode join, JoinParts parts, List<Expression> conditions) {
            JoinConditions placed = decidesLateRows(join)
                    ? new JoinConditions(List.of(), List.of(), Expressions.conjuncts(parts.condition()), List.of())
                    : JoinConditions.place(join, parts, conditions);
            PlanNode left = filtered(parts.left(), placed.left());
            PlanNode right = filtered(parts.right(), placed.right());
            JoinParts changed =
                    parts.withInputs(List.of(left, right)).withCondition(Expressions.conjunction(placed.pairs()));
            return Conditions.over(Joins.with(join, changed), placed.above());
        }

        private PlanNode lookup(LookupJoinNode join, List<Expression> conditions) {
            Conditions above = Conditions.split(conditions, condition -> isAboutInput(join, condition));
            List<Expression> below = new ArrayList<>();
            above.moved()
                    .forEach(condition -> below.add(Expressions.moveInputs(
                            condition, column -> join.outputs().get(column))));
            int width = join.input().schema().size();
            Conditions own = Conditions.split(
                    Expressions.conjuncts(join.condition()),
                    condition -> join.type() == JoinType.INNER && isSafe(condition) && reads(condition, width));
            below.addAll(own.moved());
            LookupJoinNode moved = new LookupJoinNode(
                    filtered(join.input(), below),
                    join.table(),
                    join.policy(),
                    join.type(),
                    join.keys(),
                    Expressions.conjunction(own.left()),
                    join.outputs(),
                    join.schema());
            return Conditions.over(moved, above.left());
        }

        /** A row without an answer leaves an outer join as well, so what it does not need cannot make it fail. */
        private static boolean isAboutInput(LookupJoinNode join, Expression condition) {
            boolean safe = join.type() == JoinType.INNER ? isSafe(condition) : !Expressions.isVolatile(condition);
            Expression pair =
                    Expressions.moveInputs(condition, column -> join.outputs().get(column));
            return safe && reads(pair, join.input().schema().size());
        }

        private static boolean isSafe(Expression condition) {
            return !Expressions.isVolatile(condition) && !Failures.possible(condition);
        }

        /** Whether an expression reads some of the first columns, and no others. */
        private static boolean reads(Expression expression, int width) {
            BitSet columns = new BitSet();
            Expressions.collectInputs(expression, columns);
            return !columns.isEmpty() && columns.length() <= width;
        }
    }
}
