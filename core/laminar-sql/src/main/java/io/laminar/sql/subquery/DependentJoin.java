package io.laminar.sql.subquery;

import io.laminar.plan.expression.Operation;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/** Joins rows with queries that look at each of them. */
final class DependentJoin {
    private final Rels rels;

    DependentJoin(Rels rels) {
        this.rels = rels;
    }

    /**
     * Rows with those of a query: INNER and LEFT give the columns of both, SEMI and ANTI those of the left side.
     *
     * @param outer the left row, as the query sees it
     */
    RelNode join(RelNode left, RelNode query, Outer outer, JoinRelType type) {
        boolean pairs = type == JoinRelType.INNER || type == JoinRelType.LEFT;
        Pulled pulled = new PullUp(outer, rels).pull(query, pairs);
        RelNode joined;
        if (pulled != null && pulled.empty() == null) {
            joined = rels.join(left, pulled.rel(), type, conditions(left, pulled.rel(), pulled.predicates(), outer));
        } else {
            Domain domain = new Domain(outer, rels, left, query);
            RelNode right = domain.push(query);
            joined = rels.join(left, right, type, domain.ties(right, Rels.width(query)));
        }
        return pairs ? first(joined, Rels.width(left) + Rels.width(query)) : joined;
    }

    private RelNode first(RelNode rel, int width) {
        return Rels.width(rel) == width ? rel : rels.project(rel, rels.columns(rel, 0, width));
    }

    /** Predicates of a query as conditions of a join with it. */
    private List<RexNode> conditions(RelNode left, RelNode right, List<RexNode> predicates, Outer outer) {
        int width = Rels.width(left);
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode predicate : predicates) {
            RexNode moved = predicate.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef reference) {
                    RexNode column = rels.column(right, reference.getIndex());
                    return new RexInputRef(width + reference.getIndex(), column.getType());
                }
            });
            conditions.add(outer.replace(moved, field -> rels.column(left, field)));
        }
        return conditions;
    }

    /** Every row with the columns of the only row of a query, or with what stands for none. */
    RelNode only(RelNode left, RelNode query, Outer outer) {
        PullUp pullUp = new PullUp(outer, rels);
        Pulled pulled = pullUp.pull(query, true);
        if (pulled == null) {
            Domain domain = new Domain(outer, rels, left, query);
            RelNode right = domain.push(query);
            RelNode joined = rels.join(left, right, JoinRelType.LEFT, domain.ties(right, Rels.width(query)));
            return first(joined, Rels.width(left) + Rels.width(query));
        }
        List<RexNode> empty = outer.isUsedBy(query) ? pulled.empty() : pullUp.emptyOf(query);
        return empty == null || empty.stream().allMatch(RexLiteral::isNullLiteral)
                ? unmatchedIsNull(left, pulled, outer)
                : unmatchedIs(empty, left, pulled, outer);
    }

    private RelNode unmatchedIsNull(RelNode left, Pulled pulled, Outer outer) {
        List<RexNode> conditions = conditions(left, pulled.rel(), pulled.predicates(), outer);
        RelNode joined = rels.join(left, pulled.rel(), JoinRelType.LEFT, conditions);
        return first(joined, Rels.width(left) + pulled.width());
    }

    private RelNode unmatchedIs(List<RexNode> empty, RelNode left, Pulled pulled, Outer outer) {
        RelNode right = marked(pulled.rel());
        int width = Rels.width(left);
        RelNode joined = rels.join(left, right, JoinRelType.LEFT, conditions(left, right, pulled.predicates(), outer));
        RexNode missing = rels.isNull(rels.column(joined, Rels.width(joined) - 1));
        List<RexNode> columns = rels.columns(joined, 0, width);
        for (int i = 0; i < pulled.width(); i++) {
            RexNode value = rels.column(joined, width + i);
            RexNode otherwise = empty.get(i);
            columns.add(
                    RexLiteral.isNullLiteral(otherwise)
                            ? value
                            : rels.choice(otherwise.getType(), missing, otherwise, value));
        }
        return rels.project(joined, columns);
    }

    /** Rows with a last column that is NULL only where an outer join makes it so. */
    private RelNode marked(RelNode rel) {
        List<RexNode> columns = rels.columns(rel);
        columns.add(rels.literal(true));
        return rels.project(rel, columns);
    }

    /** Every row with a last column that says whether a query has a row for it. */
    RelNode exists(RelNode left, RelNode query, Outer outer) {
        Pulled pulled = new PullUp(outer, rels).pull(query, false);
        List<Equality> keys = pulled == null || pulled.empty() != null ? null : keys(pulled.predicates(), outer);
        RelNode joined;
        if (pulled == null || keys == null) {
            Domain domain = new Domain(outer, rels, left, query);
            RelNode rows = domain.push(query);
            int width = Rels.width(query);
            RelNode right =
                    marked(rels.distinct(rels.project(rows, rels.columns(rows, width, width + domain.width()))));
            joined = rels.join(left, right, JoinRelType.LEFT, domain.ties(right, 0));
        } else {
            joined = matches(left, pulled, keys, outer);
        }
        List<RexNode> columns = rels.columns(joined, 0, Rels.width(left));
        columns.add(rels.isNotNull(rels.column(joined, Rels.width(joined) - 1)));
        return rels.project(joined, columns);
    }

    private RelNode matches(RelNode left, Pulled pulled, List<Equality> keys, Outer outer) {
        List<RexNode> values = new ArrayList<>();
        keys.forEach(key -> values.add(key.inner()));
        if (values.isEmpty()) {
            values.add(rels.literal(true));
        }
        RelNode right = marked(rels.distinct(rels.project(pulled.rel(), values)));
        List<RexNode> predicates = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            predicates.add(rels.call(keys.get(i).operation(), keys.get(i).outer(), rels.column(right, i)));
        }
        pulled.predicates().stream()
                .filter(predicate -> Equality.of(predicate, outer) == null)
                .forEach(predicates::add);
        return rels.join(left, right, JoinRelType.LEFT, conditions(left, right, predicates, outer));
    }

    /** The equalities among predicates; null if one is neither an equality nor about the row around alone. */
    private static @Nullable List<Equality> keys(List<RexNode> predicates, Outer outer) {
        List<Equality> keys = new ArrayList<>();
        for (RexNode predicate : predicates) {
            Equality equality = Equality.of(predicate, outer);
            if (equality != null) {
                keys.add(equality);
            } else if (!RelOptUtil.InputFinder.bits(predicate).isEmpty()) {
                return null;
            }
        }
        return keys;
    }

    /** A query that has one row if another has any, and none otherwise. */
    RelNode anyRow(RelNode query) {
        return rels.distinct(rels.project(query, List.of(rels.literal(true))));
    }

    /** {@code values = columns of the query}, as part of the query. */
    RelNode equal(RelNode query, List<RexNode> values, Outer outer) {
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            conditions.add(rels.call(Operation.EQUAL, outer.inside(values.get(i)), rels.column(query, i)));
        }
        return rels.filter(query, conditions);
    }
}
