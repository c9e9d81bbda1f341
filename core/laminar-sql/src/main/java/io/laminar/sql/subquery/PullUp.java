package io.laminar.sql.subquery;

import io.laminar.sql.function.AggregateFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Pulls conditions on the row around out of a query: up through filters, projections and joins as they are, through an
 * aggregation as further keys. This is how nearly all queries are written, and costs nothing but a join. Where it does
 * not work the answer is null; see {@link Domain}.
 */
final class PullUp {
    private final Outer outer;
    private final Rels rels;

    PullUp(Outer outer, Rels rels) {
        this.outer = outer;
        this.rels = rels;
    }

    /** @param copies whether it matters how often a row is in the result */
    @Nullable
    Pulled pull(RelNode query, boolean copies) {
        if (!outer.isUsedBy(query)) {
            return new Pulled(query, Rels.width(query), List.of(), null);
        }
        return rels.within(query, () -> step(query, copies));
    }

    private @Nullable Pulled step(RelNode query, boolean copies) {
        if (query instanceof Filter filter) {
            return filter(filter, copies);
        } else if (query instanceof Project project) {
            return project(project, copies);
        } else if (query instanceof Aggregate aggregate) {
            return aggregate(aggregate);
        } else if (query instanceof Join join) {
            return join(join, copies);
        } else if (query instanceof Correlate correlate) {
            return correlate(correlate, copies);
        } else if (query instanceof Sort sort && sort.fetch == null && sort.offset == null) {
            return pull(sort.getInput(), copies);
        }
        return null;
    }

    private @Nullable Pulled filter(Filter filter, boolean copies) {
        Pulled input = pull(filter.getInput(), copies);
        if (input == null || input.empty() != null) {
            return null;
        }
        List<RexNode> predicates = new ArrayList<>(input.predicates());
        List<RexNode> conditions = new ArrayList<>();
        for (RexNode condition : Rels.conjunctions(filter.getCondition())) {
            (outer.isUsedBy(condition) ? predicates : conditions).add(condition);
        }
        return new Pulled(rels.filter(input.rel(), conditions), input.width(), predicates, null);
    }

    private @Nullable Pulled project(Project project, boolean copies) {
        Pulled input = pull(project.getInput(), copies);
        if (input == null || project.getProjects().stream().anyMatch(outer::isUsedBy)) {
            return null;
        }
        List<RexNode> empty = input.empty();
        List<RexNode> emptied = empty == null
                ? null
                : project.getProjects().stream()
                        .map(value -> value.accept(inputs(empty)))
                        .toList();
        List<RexNode> expressions = new ArrayList<>(project.getProjects());
        List<String> names = new ArrayList<>(project.getRowType().getFieldNames());
        List<RexNode> predicates = carry(input.rel(), input.predicates(), expressions);
        while (names.size() < expressions.size()) {
            names.add("key" + names.size());
        }
        RelNode projected = rels.project(input.rel(), expressions, names);
        return new Pulled(projected, project.getProjects().size(), retyped(predicates, projected), emptied);
    }

    /** Adds the columns that predicates read to projections; the predicates over the projections. */
    private List<RexNode> carry(RelNode input, List<RexNode> predicates, List<RexNode> projections) {
        return predicates.stream()
                .map(predicate -> predicate.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef reference) {
                        RexNode column = rels.column(input, reference.getIndex());
                        int position = projections.indexOf(column);
                        if (position < 0) {
                            position = projections.size();
                            projections.add(column);
                        }
                        return new RexInputRef(position, column.getType());
                    }
                }))
                .toList();
    }

    private static RexShuttle inputs(List<RexNode> values) {
        return new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return values.get(reference.getIndex());
            }
        };
    }

    private List<RexNode> retyped(List<RexNode> predicates, RelNode input) {
        return predicates.stream()
                .map(predicate -> predicate.accept(inputs(rels.columns(input))))
                .toList();
    }

    private @Nullable Pulled aggregate(Aggregate aggregate) {
        boolean distinct = aggregate.getAggCallList().isEmpty();
        Pulled input = pull(aggregate.getInput(), !distinct);
        if (input == null || input.empty() != null || aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return null;
        }
        List<RexNode> predicates = new ArrayList<>();
        List<Equality> keys = new ArrayList<>();
        for (RexNode predicate : input.predicates()) {
            Equality equality = Equality.of(predicate, outer);
            if (equality != null) {
                keys.add(equality);
            } else if (Equality.isOuter(predicate, outer)) {
                predicates.add(predicate);
            } else {
                return null;
            }
        }
        int width = input.width();
        List<RexNode> columns = rels.columns(input.rel(), 0, width);
        keys.forEach(key -> columns.add(key.inner()));
        RelNode grouped = rels.aggregate(
                rels.project(input.rel(), columns),
                aggregate.getGroupSet().union(ImmutableBitSet.range(width, width + keys.size())),
                aggregate.getAggCallList());
        // Keys come before calls; the query's columns have to come first.
        int groups = aggregate.getGroupCount();
        List<RexNode> order = rels.columns(grouped, 0, groups);
        order.addAll(rels.columns(grouped, groups + keys.size(), Rels.width(grouped)));
        order.addAll(rels.columns(grouped, groups, groups + keys.size()));
        RelNode ordered = rels.project(grouped, order);
        int result = Rels.width(aggregate);
        for (int i = 0; i < keys.size(); i++) {
            Equality key = keys.get(i);
            predicates.add(rels.call(key.operation(), key.outer(), rels.column(ordered, result + i)));
        }
        List<RexNode> empty = groups > 0 ? null : empty(aggregate);
        return new Pulled(ordered, result, predicates, empty);
    }

    /** What an aggregation without keys gives over no rows. */
    List<RexNode> empty(Aggregate aggregate) {
        List<RexNode> values = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean counts = call.getAggregation() instanceof AggregateFunction function && !function.nullable();
            values.add(
                    counts
                            ? rels.rex().makeExactLiteral(BigDecimal.ZERO, call.getType())
                            : rels.nothing(call.getType()));
        }
        return values;
    }

    private @Nullable Pulled join(Join join, boolean copies) {
        JoinRelType type = join.getJoinType();
        boolean rightUses = outer.isUsedBy(join.getRight()) || outer.isUsedBy(join.getCondition());
        if (type == JoinRelType.SEMI && rightUses && !copies) {
            Pulled pairs = join(join, JoinRelType.INNER, false);
            return pairs == null ? null : leftOnly(pairs, Rels.width(join.getLeft()));
        }
        boolean pulls = type == JoinRelType.INNER
                || (!rightUses && (type == JoinRelType.LEFT || type == JoinRelType.SEMI || type == JoinRelType.ANTI));
        return pulls ? join(join, type, copies) : null;
    }

    private @Nullable Pulled join(Join join, JoinRelType type, boolean copies) {
        boolean pairs = type == JoinRelType.INNER || type == JoinRelType.LEFT;
        Pulled left = pull(join.getLeft(), copies);
        Pulled right = pull(join.getRight(), copies && pairs);
        if (left == null || right == null || left.empty() != null || right.empty() != null) {
            return null;
        }
        int leftWidth = left.width();
        int offset = Rels.width(left.rel());
        List<RexNode> both = new ArrayList<>(rels.columns(left.rel()));
        for (RexNode column : rels.columns(right.rel())) {
            both.add(new RexInputRef(offset + ((RexInputRef) column).getIndex(), column.getType()));
        }
        // The query's columns as they lie in the pair of inputs.
        List<RexNode> columns = new ArrayList<>(both.subList(0, leftWidth));
        columns.addAll(both.subList(offset, offset + right.width()));
        List<RexNode> conditions = new ArrayList<>();
        List<RexNode> predicates = new ArrayList<>(left.predicates());
        right.predicates().forEach(p -> predicates.add(p.accept(inputs(both.subList(offset, both.size())))));
        for (RexNode condition : Rels.conjunctions(join.getCondition())) {
            RexNode moved = condition.accept(inputs(columns));
            (outer.isUsedBy(moved) ? predicates : conditions).add(moved);
        }
        RelNode joined = rels.join(left.rel(), right.rel(), type, conditions);
        if (!pairs) {
            return new Pulled(joined, leftWidth, predicates, null);
        }
        List<RexNode> order = rels.columns(joined, 0, leftWidth);
        order.addAll(rels.columns(joined, offset, offset + right.width()));
        int width = order.size();
        List<RexNode> carried = carry(joined, predicates, order);
        RelNode ordered = rels.project(joined, order);
        return new Pulled(ordered, width, retyped(carried, ordered), null);
    }

    /** The pairs of a join without the columns of its right side, unless predicates need them. */
    private Pulled leftOnly(Pulled pairs, int width) {
        List<RexNode> columns = rels.columns(pairs.rel(), 0, width);
        List<RexNode> predicates = carry(pairs.rel(), pairs.predicates(), columns);
        RelNode projected = rels.project(pairs.rel(), columns);
        return new Pulled(projected, width, retyped(predicates, projected), null);
    }

    private @Nullable Pulled correlate(Correlate correlate, boolean copies) {
        if (outer.isUsedBy(correlate.getRight())) {
            return null;
        }
        Pulled left = pull(correlate.getLeft(), copies);
        if (left == null || left.empty() != null) {
            return null;
        }
        RelNode pairs = rels.placed(LogicalCorrelate.create(
                left.rel(),
                correlate.getRight(),
                List.of(),
                correlate.getCorrelationId(),
                correlate.getRequiredColumns(),
                correlate.getJoinType()));
        List<RexNode> order = rels.columns(pairs, 0, left.width());
        order.addAll(rels.columns(pairs, Rels.width(left.rel()), Rels.width(pairs)));
        int width = order.size();
        List<RexNode> predicates = carry(pairs, left.predicates(), order);
        RelNode ordered = rels.project(pairs, order);
        return new Pulled(ordered, width, retyped(predicates, ordered), null);
    }

    /** What a query that does not look at the row around gives over no rows; null where it gives no row. */
    @Nullable
    List<RexNode> emptyOf(RelNode query) {
        if (query instanceof Aggregate aggregate && aggregate.getGroupCount() == 0) {
            return empty(aggregate);
        }
        if (query instanceof Project project) {
            List<RexNode> below = emptyOf(project.getInput());
            return below == null
                    ? null
                    : IntStream.range(0, project.getProjects().size())
                            .mapToObj(i -> project.getProjects().get(i).accept(inputs(below)))
                            .toList();
        }
        return null;
    }
}
