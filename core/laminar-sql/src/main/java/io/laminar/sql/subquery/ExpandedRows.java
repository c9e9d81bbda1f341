package io.laminar.sql.subquery;

import io.laminar.plan.expression.Operation;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlQuantifyOperator;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Rows that get a further column for each query inside the expressions over them. Columns are only added at the end, so
 * references to those that were there stay right.
 */
final class ExpandedRows {
    private final Rels rels;
    private final DependentJoin joins;
    private final Collection<CorrelationId> ids;
    private final UnaryOperator<RelNode> rewrite;
    private final int width;
    private RelNode rows;

    /**
     * @param ids the names by which queries inside call a row
     * @param rewrite for queries inside: takes queries out of their expressions
     */
    ExpandedRows(RelNode rows, Rels rels, Collection<CorrelationId> ids, UnaryOperator<RelNode> rewrite) {
        this.rels = rels;
        this.joins = new DependentJoin(rels);
        this.ids = ids;
        this.rewrite = rewrite;
        this.width = Rels.width(rows);
        this.rows = rows;
    }

    /** The rows with all columns so far. */
    RelNode rows() {
        return rows;
    }

    /** The columns that were there before. */
    List<RexNode> before() {
        return rels.columns(rows, 0, width);
    }

    private Outer outer() {
        return Outer.of(rows.getCluster(), rows.getRowType());
    }

    /** A query inside, with the present row in the place of the one it was written for. */
    private RelNode inside(RexSubQuery query, Outer outer) {
        return outer.inside(rewrite.apply(query.rel), ids);
    }

    // Conditions that only keep rows --------------------------------------------------------------------------------

    /** Keeps the rows that meet a condition which is nothing but a query; false if it is another one. */
    boolean keep(RexNode condition) {
        boolean negated = condition.getKind() == SqlKind.NOT;
        RexNode positive = negated ? ((RexCall) condition).getOperands().get(0) : condition;
        if (!(positive instanceof RexSubQuery query)) {
            return false;
        }
        return rels.within(query.rel, () -> keep(query, negated));
    }

    private boolean keep(RexSubQuery query, boolean negated) {
        if (query.getKind() == SqlKind.EXISTS) {
            Outer outer = outer();
            rows = joins.join(rows, inside(query, outer), outer, negated ? JoinRelType.ANTI : JoinRelType.SEMI);
            return true;
        }
        if (query.getKind() != SqlKind.IN) {
            return false;
        }
        List<RexNode> values = operands(query, false);
        if (negated) {
            keepNotIn(query, values);
        } else {
            Outer outer = outer();
            rows = joins.join(rows, joins.equal(inside(query, outer), values, outer), outer, JoinRelType.SEMI);
        }
        return true;
    }

    /** A row stays if no comparison is true, and none is unknown. */
    private void keepNotIn(RexSubQuery query, List<RexNode> values) {
        if (values.size() > 1 && isNullable(query, values)) {
            Outer outer = outer();
            RelNode inside = inside(query, outer);
            rows = joins.join(rows, unknownOrEqual(inside, values, outer), outer, JoinRelType.ANTI);
            return;
        }
        drop((inside, outer) -> joins.equal(inside, values, outer), query);
        if (query.rel.getRowType().getFieldList().get(0).getType().isNullable()) {
            drop(
                    (inside, outer) -> joins.anyRow(rels.filter(inside, List.of(rels.isNull(rels.column(inside, 0))))),
                    query);
        }
        if (values.get(0).getType().isNullable()) {
            drop(
                    (inside, outer) ->
                            rels.filter(joins.anyRow(inside), List.of(rels.isNull(outer.inside(values.get(0))))),
                    query);
        }
    }

    private interface Part {
        RelNode of(RelNode inside, Outer outer);
    }

    private void drop(Part part, RexSubQuery query) {
        Outer outer = outer();
        rows = joins.join(rows, part.of(inside(query, outer), outer), outer, JoinRelType.ANTI);
    }

    private RelNode unknownOrEqual(RelNode inside, List<RexNode> values, Outer outer) {
        RexNode equal = equality(inside, values, outer);
        return rels.filter(inside, List.of(rels.or(equal, rels.isNull(equal))));
    }

    private RexNode equality(RelNode inside, List<RexNode> values, Outer outer) {
        List<RexNode> equal = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            equal.add(rels.call(Operation.EQUAL, outer.inside(values.get(i)), rels.column(inside, i)));
        }
        return rels.and(equal);
    }

    private static boolean isNullable(RexSubQuery query, List<RexNode> values) {
        return values.stream().anyMatch(value -> value.getType().isNullable())
                || query.rel.getRowType().getFieldList().stream()
                        .anyMatch(field -> field.getType().isNullable());
    }

    private List<RexNode> operands(RexSubQuery query, boolean unknownIsFalse) {
        return query.getOperands().stream()
                .map(operand -> expand(operand, unknownIsFalse))
                .toList();
    }

    // Values --------------------------------------------------------------------------------------------------------

    /**
     * An expression without queries.
     *
     * @param unknownIsFalse whether NULL may become false, as in the condition of a filter
     */
    RexNode expand(RexNode expression, boolean unknownIsFalse) {
        return expression.accept(new RexShuttle() {
            private boolean lenient = unknownIsFalse;

            @Override
            public RexNode visitCall(RexCall call) {
                boolean before = lenient;
                lenient = before && (call.getKind() == SqlKind.AND || call.getKind() == SqlKind.OR);
                RexNode visited = super.visitCall(call);
                lenient = before;
                return visited;
            }

            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                return value(query, lenient);
            }
        });
    }

    private RexNode value(RexSubQuery query, boolean unknownIsFalse) {
        return rels.within(query.rel, () -> answer(query, unknownIsFalse));
    }

    private RexNode answer(RexSubQuery query, boolean unknownIsFalse) {
        return switch (query.getKind()) {
            case EXISTS -> exists((inside, outer) -> inside, query);
            case SCALAR_QUERY -> scalar(query);
            case IN -> in(query, unknownIsFalse);
            case SOME -> some(query);
            default ->
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL,
                        query.getKind().toString().toLowerCase(Locale.ROOT).replace('_', ' ')
                                + " over a query is not supported",
                        "aggregate in the query: SELECT array_agg(x) FROM ...");
        };
    }

    private RexNode exists(Part part, RexSubQuery query) {
        Outer outer = outer();
        rows = joins.exists(rows, part.of(inside(query, outer), outer), outer);
        return last();
    }

    private RexNode last() {
        return rels.column(rows, Rels.width(rows) - 1);
    }

    private RexNode scalar(RexSubQuery query) {
        Outer outer = outer();
        RelNode inside = inside(query, outer);
        if (!isSingle(inside)) {
            inside = rels.aggregate(inside, ImmutableBitSet.of(), List.of(rels.only(inside, 0)));
        }
        rows = joins.only(rows, inside, outer);
        return last();
    }

    /** Whether a query can be seen to have no more than one row. */
    private static boolean isSingle(RelNode query) {
        if (query instanceof Project || query instanceof org.apache.calcite.rel.core.Filter) {
            return isSingle(query.getInput(0));
        }
        if (query instanceof Sort sort) {
            boolean one = sort.fetch instanceof RexLiteral limit && RexLiteral.intValue(limit) <= 1;
            return one || isSingle(sort.getInput());
        }
        return (query instanceof Aggregate aggregate
                        && aggregate.getGroupCount() == 0
                        && aggregate.getGroupSets().size() == 1)
                || (query instanceof Values values && values.getTuples().size() <= 1);
    }

    private RexNode in(RexSubQuery query, boolean unknownIsFalse) {
        List<RexNode> values = operands(query, false);
        RexNode found = exists((inside, outer) -> joins.equal(inside, values, outer), query);
        if (unknownIsFalse || !isNullable(query, values)) {
            return found;
        }
        RelDataType type = rels.condition();
        List<RexNode> choices = new ArrayList<>(List.of(found, rels.literal(true)));
        if (values.size() > 1) {
            choices.add(exists(
                    (inside, outer) -> rels.filter(inside, List.of(rels.isNull(equality(inside, values, outer)))),
                    query));
            choices.add(rels.nothing(type));
        } else {
            if (query.rel.getRowType().getFieldList().get(0).getType().isNullable()) {
                choices.add(exists(
                        (inside, outer) -> rels.filter(inside, List.of(rels.isNull(rels.column(inside, 0)))), query));
                choices.add(rels.nothing(type));
            }
            RexNode value = values.get(0);
            if (value.getType().isNullable()) {
                RexNode any = exists((inside, outer) -> inside, query);
                choices.add(rels.and(List.of(rels.isNull(value), any)));
                choices.add(rels.nothing(type));
            }
        }
        choices.add(rels.literal(false));
        return rels.choice(type, choices.toArray(RexNode[]::new));
    }

    /** {@code x < SOME (...)}: decided by the greatest or least value, unless there are NULLs. */
    private RexNode some(RexSubQuery query) {
        SqlKind comparison = ((SqlQuantifyOperator) query.getOperator()).comparisonKind;
        RexNode value = operands(query, false).get(0);
        Outer outer = outer();
        RelNode inside = inside(query, outer);
        List<AggregateCall> calls = List.of(
                rels.aggregate("min", inside, 0),
                rels.aggregate("max", inside, 0),
                rels.aggregate("count", inside),
                rels.aggregate("count", inside, 0));
        rows = joins.only(rows, rels.aggregate(inside, ImmutableBitSet.of(), calls), outer);
        int first = Rels.width(rows) - calls.size();
        RexNode least = rels.column(rows, first);
        RexNode greatest = rels.column(rows, first + 1);
        RexNode all = rels.column(rows, first + 2);
        RexNode known = rels.column(rows, first + 3);
        RexNode hit =
                switch (comparison) {
                    case LESS_THAN -> rels.call(Operation.LESS, value, greatest);
                    case LESS_THAN_OR_EQUAL -> rels.call(Operation.LESS_OR_EQUAL, value, greatest);
                    case GREATER_THAN -> rels.call(Operation.GREATER, value, least);
                    case GREATER_THAN_OR_EQUAL -> rels.call(Operation.GREATER_OR_EQUAL, value, least);
                    default ->
                        rels.or(
                                rels.call(Operation.NOT_EQUAL, value, least),
                                rels.call(Operation.NOT_EQUAL, value, greatest));
                };
        RexNode none =
                rels.call(Operation.EQUAL, all, rels.rex().makeExactLiteral(java.math.BigDecimal.ZERO, all.getType()));
        RexNode unknown = rels.or(rels.isNull(value), rels.call(Operation.GREATER, all, known));
        RelDataType type = rels.condition();
        return rels.choice(
                type,
                none,
                rels.literal(false),
                hit,
                rels.literal(true),
                unknown,
                rels.nothing(type),
                rels.literal(false));
    }
}
