package io.laminar.plan.node;

import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of an aggregating node.
 *
 * @param function name as declared, in lower case: {@code count}, {@code sum}, ...
 * @param arguments input columns; empty for {@code count(*)}
 * @param distinct whether equal arguments count once
 * @param filter a BOOLEAN input column: only rows where it is true count; null for all rows
 * @param order for aggregates whose result depends on order; empty otherwise
 * @param user the function, if a user declared it
 */
public record AggregateCall(
        String function,
        List<Integer> arguments,
        boolean distinct,
        @Nullable Integer filter,
        List<SortKey> order,
        DataType type,
        boolean nullable,
        @Nullable UserFunction user)
        implements Serializable {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        order = List.copyOf(order);
    }

    /** A call of a function that comes with Laminar. */
    public AggregateCall(
            String function,
            List<Integer> arguments,
            boolean distinct,
            @Nullable Integer filter,
            List<SortKey> order,
            DataType type,
            boolean nullable) {
        this(function, arguments, distinct, filter, order, type, nullable, null);
    }
}
