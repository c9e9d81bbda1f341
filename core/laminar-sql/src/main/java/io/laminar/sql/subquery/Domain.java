package io.laminar.sql.subquery;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Computes a query for all rows around at once: the different values of the columns it reads of them, its domain, are
 * joined in where it reads them, and every step keeps them. Works for any query, after Neumann and Kemper, "Unnesting
 * arbitrary queries" (2015), at the price of one more aggregation and join; so {@link PullUp} is tried first.
 */
final class Domain {
    private final Outer outer;
    private final Rels rels;
    private final RelNode left;
    private final List<Integer> fields;
    private final RelNode values;

    /** @param left the rows around */
    Domain(Outer outer, Rels rels, RelNode left, RelNode query) {
        this.outer = outer;
        this.rels = rels;
        this.left = left;
        this.fields = List.copyOf(outer.columns(query));
        this.values = rels.distinct(rels.project(
                left, fields.stream().map(field -> rels.column(left, field)).toList()));
    }

    /** Columns of the domain. */
    int width() {
        return fields.size();
    }

    /** The conditions that tie rows around, with the columns of the domain from a position on, to the domain. */
    List<RexNode> ties(RelNode right, int position) {
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            RexNode domain = rels.column(right, position + i);
            conditions.add(rels.call(
                    Operation.NOT_DISTINCT,
                    rels.column(left, fields.get(i)),
                    new RexInputRef(Rels.width(left) + position + i, domain.getType())));
        }
        return conditions;
    }

    /** The columns of a query, then those of the domain. */
    RelNode push(RelNode query) {
        return rels.within(query, () -> step(query));
    }

    private RelNode step(RelNode query) {
        if (Elements.isElements(query)) {
            return elements(query);
        }
        if (!outer.isUsedBy(query)) {
            return rels.join(query, values, JoinRelType.INNER, List.of());
        }
        if (query instanceof Filter filter) {
            return filter(filter);
        } else if (query instanceof Project project) {
            return project(project);
        } else if (query instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        } else if (query instanceof Join join) {
            return join(join);
        } else if (query instanceof SetOp operation) {
            return rels.placed(operation.copy(
                    operation.getTraitSet(),
                    operation.getInputs().stream().map(this::push).toList()));
        } else if (query instanceof Correlate correlate) {
            return correlate(correlate);
        } else if (query instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            return push(sort.getInput());
        }
        throw refused(query instanceof Sort ? "LIMIT" : "this kind of step");
    }

    private static LaminarException refused(String what) {
        return new LaminarException(
                ErrorCode.UNSUPPORTED_SQL,
                what + " in a query that depends on the row around it is not supported",
                "join the tables, and keep the first rows with QUALIFY ROW_NUMBER() OVER (PARTITION BY ...) = 1");
    }

    /** An expression over an input that has the domain behind its columns. */
    private RexNode over(RexNode expression, RelNode input, int domain) {
        RexNode replaced = outer.replace(expression, field -> rels.column(input, domain + fields.indexOf(field)));
        return replaced.accept(columns(rels.columns(input)));
    }

    private static RexShuttle columns(List<RexNode> values) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return values.get(reference.getIndex());
            }
        };
    }

    private RelNode filter(Filter filter) {
        int width = Rels.width(filter);
        RelNode input = push(filter.getInput());
        return rels.filter(input, List.of(over(filter.getCondition(), input, width)));
    }

    private RelNode project(Project project) {
        int width = Rels.width(project.getInput());
        RelNode input = push(project.getInput());
        List<RexNode> expressions = new ArrayList<>();
        project.getProjects().forEach(expression -> expressions.add(over(expression, input, width)));
        expressions.addAll(rels.columns(input, width, width + width()));
        return rels.project(input, expressions);
    }

    private RelNode aggregate(Aggregate aggregate) {
        int width = Rels.width(aggregate.getInput());
        ImmutableBitSet domain = ImmutableBitSet.range(width, width + width());
        RelNode grouped = rels.placed(LogicalAggregate.create(
                push(aggregate.getInput()),
                List.of(),
                aggregate.getGroupSet().union(domain),
                aggregate.getGroupSets().stream().map(set -> set.union(domain)).toList(),
                aggregate.getAggCallList()));
        int groups = aggregate.getGroupCount();
        List<RexNode> order = rels.columns(grouped, 0, groups);
        order.addAll(rels.columns(grouped, groups + width(), Rels.width(grouped)));
        order.addAll(rels.columns(grouped, groups, groups + width()));
        RelNode ordered = rels.project(grouped, order);
        return groups == 0 ? always(aggregate, ordered) : ordered;
    }

    /** An aggregation without keys has a row for every value of the domain. */
    private RelNode always(Aggregate aggregate, RelNode grouped) {
        int calls = aggregate.getAggCallList().size();
        List<RexNode> conditions = new ArrayList<>();
        for (int i = 0; i < width(); i++) {
            RexNode key = rels.column(grouped, calls + i);
            conditions.add(rels.call(
                    Operation.NOT_DISTINCT,
                    rels.column(values, i),
                    new RexInputRef(width() + calls + i, key.getType())));
        }
        RelNode joined = rels.join(values, grouped, JoinRelType.LEFT, conditions);
        List<RexNode> empty = new PullUp(outer, rels).empty(aggregate);
        List<RexNode> result = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            RexNode value = rels.column(joined, width() + i);
            result.add(
                    empty.get(i).getType().isNullable()
                            ? value
                            : rels.choice(empty.get(i).getType(), rels.isNull(value), empty.get(i), value));
        }
        result.addAll(rels.columns(joined, 0, width()));
        return rels.project(joined, result);
    }

    private RelNode join(Join join) {
        JoinRelType type = join.getJoinType();
        if (type == JoinRelType.RIGHT || type == JoinRelType.FULL) {
            throw refused("a " + type.lowerName + " join");
        }
        boolean rightUses = outer.isUsedBy(join.getRight());
        boolean onlyRight = type == JoinRelType.INNER
                && rightUses
                && !outer.isUsedBy(join.getLeft())
                && !outer.isUsedBy(join.getCondition());
        int leftWidth = Rels.width(join.getLeft());
        int rightWidth = Rels.width(join.getRight());
        RelNode leftRows = onlyRight ? join.getLeft() : push(join.getLeft());
        RelNode rightRows = rightUses ? push(join.getRight()) : join.getRight();
        int offset = Rels.width(leftRows);
        List<RexNode> pair = new ArrayList<>(rels.columns(leftRows));
        for (RexNode column : rels.columns(rightRows)) {
            pair.add(new RexInputRef(offset + ((RexInputRef) column).getIndex(), column.getType()));
        }
        int domain = onlyRight ? offset + rightWidth : leftWidth;
        List<RexNode> columns = new ArrayList<>(pair.subList(0, leftWidth));
        columns.addAll(pair.subList(offset, offset + rightWidth));
        List<RexNode> conditions = new ArrayList<>();
        RexNode condition = join.getCondition().accept(columns(columns));
        conditions.add(outer.replace(condition, field -> pair.get(domain + fields.indexOf(field))));
        if (rightUses && !onlyRight) {
            for (int i = 0; i < width(); i++) {
                conditions.add(
                        rels.call(Operation.NOT_DISTINCT, pair.get(leftWidth + i), pair.get(offset + rightWidth + i)));
            }
        }
        RelNode joined = rels.join(leftRows, rightRows, type, conditions);
        if (type == JoinRelType.SEMI || type == JoinRelType.ANTI) {
            return joined;
        }
        List<RexNode> order = rels.columns(joined, 0, leftWidth);
        order.addAll(rels.columns(joined, offset, offset + rightWidth));
        order.addAll(rels.columns(joined, domain, domain + width()));
        return rels.project(joined, order);
    }

    private RelNode correlate(Correlate correlate) {
        int leftWidth = Rels.width(correlate.getLeft());
        RelNode rows = push(correlate.getLeft());
        CorrelationId id = correlate.getCorrelationId();
        RexNode row = rels.rex().makeCorrel(rows.getRowType(), id);
        RelNode right = outer.replace(
                correlate.getRight(), field -> rels.rex().makeFieldAccess(row, leftWidth + fields.indexOf(field)));
        RelNode pairs = rels.placed(LogicalCorrelate.create(
                rows, right, List.of(), id, ImmutableBitSet.range(Rels.width(rows)), correlate.getJoinType()));
        List<RexNode> order = rels.columns(pairs, 0, leftWidth);
        order.addAll(rels.columns(pairs, leftWidth + width(), Rels.width(pairs)));
        order.addAll(rels.columns(pairs, leftWidth, leftWidth + width()));
        return rels.project(pairs, order);
    }

    /** The elements of collections of the domain, which stay beside it. */
    private RelNode elements(RelNode query) {
        CorrelationId id = query.getCluster().createCorrel();
        RexNode row = rels.rex().makeCorrel(values.getRowType(), id);
        RelNode right = outer.replace(query, field -> rels.rex().makeFieldAccess(row, fields.indexOf(field)));
        RelNode pairs = rels.placed(LogicalCorrelate.create(
                values, right, List.of(), id, ImmutableBitSet.range(width()), JoinRelType.INNER));
        List<RexNode> order = rels.columns(pairs, width(), Rels.width(pairs));
        IntStream.range(0, width()).forEach(i -> order.add(rels.column(pairs, i)));
        return rels.project(pairs, order);
    }
}
