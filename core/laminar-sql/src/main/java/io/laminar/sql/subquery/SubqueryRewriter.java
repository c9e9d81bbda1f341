package io.laminar.sql.subquery;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.error.RelPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/** Takes queries out of expressions, and the row around out of LATERAL queries: joins are left. */
public final class SubqueryRewriter {
    private final Rels rels;

    private SubqueryRewriter(Rels rels) {
        this.rels = rels;
    }

    /** The same query without others in its expressions. */
    public static RelNode rewrite(RelNode query) {
        return new SubqueryRewriter(new Rels(query.getCluster().getRexBuilder())).node(query);
    }

    private RelNode node(RelNode node) {
        List<RelNode> inputs = node.getInputs().stream().map(this::node).toList();
        RelNode over = inputs.equals(node.getInputs()) ? node : node.copy(node.getTraitSet(), inputs);
        RelPlaces.inherit(node, over);
        return rels.within(over, () -> withoutQueries(over));
    }

    private RelNode withoutQueries(RelNode over) {
        if (over instanceof Filter filter && hasQuery(List.of(filter.getCondition()))) {
            return filter(filter.getInput(), filter.getCondition(), filter.getVariablesSet());
        } else if (over instanceof Project project && hasQuery(project.getProjects())) {
            return project(project);
        } else if (over instanceof Join join && hasQuery(List.of(join.getCondition()))) {
            return join(join);
        } else if (over instanceof Correlate correlate && !Elements.isElements(correlate.getRight())) {
            return correlate(correlate);
        }
        return over;
    }

    private static boolean hasQuery(List<RexNode> expressions) {
        return expressions.stream().anyMatch(expression -> RexUtil.SubQueryFinder.find(expression) != null);
    }

    private ExpandedRows rows(RelNode rows, Set<CorrelationId> ids) {
        return new ExpandedRows(rows, rels, ids, this::node);
    }

    private RelNode filter(RelNode input, RexNode condition, Set<CorrelationId> ids) {
        ExpandedRows rows = rows(input, ids);
        List<RexNode> conditions = new ArrayList<>();
        List<RexNode> others = new ArrayList<>();
        for (RexNode part : Rels.conjunctions(condition)) {
            (hasQuery(List.of(part)) ? others : conditions).add(part);
        }
        // Cheap conditions first: what they drop need not be joined.
        ExpandedRows kept = conditions.isEmpty() ? rows : rows(rels.filter(input, conditions), ids);
        List<RexNode> rest = new ArrayList<>();
        for (RexNode part : others) {
            if (!kept.keep(part)) {
                rest.add(kept.expand(part, true));
            }
        }
        RelNode filtered = rels.filter(kept.rows(), rest);
        return Rels.width(filtered) == Rels.width(input)
                ? filtered
                : rels.project(filtered, rels.columns(filtered, 0, Rels.width(input)));
    }

    private RelNode project(Project project) {
        ExpandedRows rows = rows(project.getInput(), project.getVariablesSet());
        List<RexNode> expressions = new ArrayList<>();
        for (RexNode expression : project.getProjects()) {
            expressions.add(rows.expand(expression, false));
        }
        return rels.project(rows.rows(), expressions, project.getRowType().getFieldNames());
    }

    /** An inner join asks its queries afterwards; an outer one has to know the answer before, from one of its sides. */
    private RelNode join(Join join) {
        if (join.getJoinType() == JoinRelType.INNER) {
            List<RexNode> conditions = new ArrayList<>();
            List<RexNode> others = new ArrayList<>();
            for (RexNode part : Rels.conjunctions(join.getCondition())) {
                (hasQuery(List.of(part)) ? others : conditions).add(part);
            }
            RelNode pairs = rels.join(join.getLeft(), join.getRight(), JoinRelType.INNER, conditions);
            return filter(pairs, rels.and(others), join.getVariablesSet());
        }
        int width = Rels.width(join.getLeft());
        ExpandedRows left = rows(join.getLeft(), join.getVariablesSet());
        ExpandedRows right = rows(join.getRight(), Set.of());
        List<Part> parts = new ArrayList<>();
        for (RexNode part : Rels.conjunctions(join.getCondition())) {
            parts.add(part(part, join, left, right));
        }
        List<RexNode> conditions = new ArrayList<>();
        for (Part part : parts) {
            conditions.add(placed(part, width, left.rows(), right.rows()));
        }
        RelNode joined = rels.join(left.rows(), right.rows(), join.getJoinType(), conditions);
        List<RexNode> columns = rels.columns(joined, 0, width);
        if (join.getJoinType().projectsRight()) {
            int offset = Rels.width(left.rows());
            columns.addAll(rels.columns(joined, offset, offset + Rels.width(join.getRight())));
        }
        return rels.project(joined, columns);
    }

    /** @param side which input the condition has been computed over; BOTH for one as it was written */
    private record Part(RexNode condition, Side side) {}

    private enum Side {
        LEFT,
        RIGHT,
        BOTH
    }

    private Part part(RexNode condition, Join join, ExpandedRows left, ExpandedRows right) {
        if (!hasQuery(List.of(condition))) {
            return new Part(condition, Side.BOTH);
        }
        int width = Rels.width(join.getLeft());
        boolean ofLeft = RelOptUtil.InputFinder.bits(condition).nextSetBit(width) < 0;
        boolean ofRight =
                RelOptUtil.InputFinder.bits(condition).asList().stream().allMatch(i -> i >= width);
        if (looksAtRow(condition, join.getVariablesSet()) || (!ofLeft && !ofRight)) {
            throw new LaminarException(
                    ErrorCode.UNSUPPORTED_JOIN,
                    "a query in the condition of an outer join can only depend on columns of one side",
                    "compute it before: JOIN (SELECT *, EXISTS (...) AS found FROM t) AS t ON ...");
        }
        if (ofLeft) {
            return new Part(left.expand(condition, true), Side.LEFT);
        }
        RexNode moved = condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return new RexInputRef(reference.getIndex() - width, reference.getType());
            }
        });
        return new Part(right.expand(moved, true), Side.RIGHT);
    }

    private static boolean looksAtRow(RexNode condition, Set<CorrelationId> ids) {
        boolean[] found = new boolean[1];
        condition.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                found[0] |= RelOptUtil.getVariablesUsed(query.rel).stream().anyMatch(ids::contains);
                return super.visitSubQuery(query);
            }
        });
        return found[0];
    }

    /** A condition over the widened inputs. */
    private RexNode placed(Part part, int width, RelNode left, RelNode right) {
        int offset = Rels.width(left);
        return part.condition().accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                int index = reference.getIndex();
                boolean isRight = part.side() == Side.RIGHT || (part.side() == Side.BOTH && index >= width);
                if (!isRight) {
                    return rels.column(left, index);
                }
                int column = part.side() == Side.RIGHT ? index : index - width;
                return new RexInputRef(
                        offset + column, rels.column(right, column).getType());
            }
        });
    }

    private RelNode correlate(Correlate correlate) {
        Outer outer = Outer.of(correlate.getCluster(), correlate.getLeft().getRowType());
        RelNode query = outer.inside(correlate.getRight(), Set.of(correlate.getCorrelationId()));
        return new DependentJoin(rels).join(correlate.getLeft(), query, outer, correlate.getJoinType());
    }
}
