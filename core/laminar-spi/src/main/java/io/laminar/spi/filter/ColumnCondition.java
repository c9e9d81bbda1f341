package io.laminar.spi.filter;

import io.laminar.spi.batch.ValueOrder;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A condition about one column. It is not met by NULL, except for {@link Comparison#IS_NULL}.
 *
 * @param column name of a column of the table
 * @param values what the column is compared with, in the form of {@link io.laminar.spi.batch.Values}: one, several for
 *     {@link Comparison#IN}, none for the tests for NULL
 */
public record ColumnCondition(String column, Comparison comparison, List<Object> values) implements Serializable {

    /** How a column is compared. */
    public enum Comparison {
        EQUAL("="),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">="),
        IN("in"),
        IS_NULL("is null"),
        IS_NOT_NULL("is not null");

        private final String symbol;

        Comparison(String symbol) {
            this.symbol = symbol;
        }

        /** As in SQL. */
        public String symbol() {
            return symbol;
        }
    }

    public ColumnCondition {
        values = List.copyOf(values);
    }

    /** Whether a value meets the condition. */
    public boolean holds(@Nullable Object value) {
        if (value == null) {
            return comparison == Comparison.IS_NULL;
        }
        return switch (comparison) {
            case IS_NULL -> false;
            case IS_NOT_NULL -> true;
            case EQUAL, IN -> values.stream().anyMatch(v -> ValueOrder.compare(value, v) == 0);
            case LESS -> ValueOrder.compare(value, values.get(0)) < 0;
            case LESS_OR_EQUAL -> ValueOrder.compare(value, values.get(0)) <= 0;
            case GREATER -> ValueOrder.compare(value, values.get(0)) > 0;
            case GREATER_OR_EQUAL -> ValueOrder.compare(value, values.get(0)) >= 0;
        };
    }

    /**
     * Whether a value between two others, both included, may meet the condition.
     *
     * @param least null if it is not known
     * @param greatest null if it is not known
     */
    public boolean mayHoldBetween(@Nullable Object least, @Nullable Object greatest) {
        return switch (comparison) {
            case IS_NULL -> false;
            case IS_NOT_NULL -> true;
            case EQUAL, IN ->
                values.stream()
                        .anyMatch(v -> (least == null || ValueOrder.compare(least, v) <= 0)
                                && (greatest == null || ValueOrder.compare(greatest, v) >= 0));
            case LESS, LESS_OR_EQUAL -> least == null || holds(least);
            case GREATER, GREATER_OR_EQUAL -> greatest == null || holds(greatest);
        };
    }

    /** As in SQL. */
    @Override
    public String toString() {
        String compared = column + " " + comparison.symbol();
        if (values.isEmpty()) {
            return compared;
        }
        String written = values.stream().map(ColumnCondition::text).collect(Collectors.joining(", "));
        return compared + " " + (comparison == Comparison.IN ? "(" + written + ")" : written);
    }

    private static String text(Object value) {
        return value instanceof String text ? "'" + text.replace("'", "''") + "'" : value.toString();
    }
}
