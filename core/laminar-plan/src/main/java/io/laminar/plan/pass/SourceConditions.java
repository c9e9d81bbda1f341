package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Expression.Call;
import io.laminar.plan.expression.Expression.Input;
import io.laminar.plan.expression.Expression.Literal;
import io.laminar.plan.expression.Expressions;
import io.laminar.spi.filter.ColumnCondition;
import io.laminar.spi.filter.ColumnCondition.Comparison;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a condition over a table says of single columns. */
final class SourceConditions {

    private SourceConditions() {}

    /** Conditions that all rows meet for which another one holds. */
    static List<ColumnCondition> of(Expression condition, Schema schema) {
        Set<ColumnCondition> found = new LinkedHashSet<>();
        for (Expression conjunct : Expressions.conjuncts(condition)) {
            ColumnCondition comparison = comparison(conjunct, schema);
            if (comparison != null) {
                found.add(comparison);
            }
        }
        BitSet columns = new BitSet();
        Expressions.collectInputs(condition, columns);
        columns.stream()
                .filter(column -> schema.field(column).nullable())
                .filter(column -> new NullRejection(c -> c == column).rejects(condition))
                .mapToObj(column -> new ColumnCondition(schema.field(column).name(), Comparison.IS_NOT_NULL, List.of()))
                .filter(present -> found.stream().noneMatch(c -> c.column().equals(present.column())))
                .forEach(found::add);
        return List.copyOf(found);
    }

    private static @Nullable ColumnCondition comparison(Expression conjunct, Schema schema) {
        if (!(conjunct instanceof Call call) || !(call.arguments().get(0) instanceof Input input)) {
            return null;
        }
        @Nullable
        Comparison comparison =
                switch (call.operation()) {
                    case EQUAL -> Comparison.EQUAL;
                    case LESS -> Comparison.LESS;
                    case LESS_OR_EQUAL -> Comparison.LESS_OR_EQUAL;
                    case GREATER -> Comparison.GREATER;
                    case GREATER_OR_EQUAL -> Comparison.GREATER_OR_EQUAL;
                    case IN -> Comparison.IN;
                    case IS_NULL -> Comparison.IS_NULL;
                    case IS_NOT_NULL -> Comparison.IS_NOT_NULL;
                    default -> null;
                };
        if (comparison == null) {
            return null;
        }
        List<Object> values = new ArrayList<>();
        for (Expression argument : call.arguments().subList(1, call.arguments().size())) {
            if (!(argument instanceof Literal literal) || literal.value() == null) {
                return null;
            }
            values.add(literal.value());
        }
        boolean usable = values.isEmpty() || isComparable(input.type());
        return usable ? new ColumnCondition(schema.field(input.index()).name(), comparison, values) : null;
    }

    private static boolean isComparable(DataType type) {
        return TypeWidening.isNumeric(type)
                || type == Scalar.TEXT
                || type == Scalar.DATE
                || type == Scalar.TIME
                || type == Scalar.TIMESTAMP
                || type == Scalar.TIMESTAMPTZ
                || type == Scalar.INTERVAL;
    }
}
