package io.laminar.plan.pass;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.Operation;
import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Calls whose results for the buckets of a key give the result for the key. */
final class BucketCalls {
    private BucketCalls() {}

    /** Whether equal arguments count once, and it matters. */
    static boolean isDistinct(AggregateCall call) {
        return call.distinct() && !isExtreme(call);
    }

    private static boolean isExtreme(AggregateCall call) {
        return call.function().equals("min") || call.function().equals("max");
    }

    private static boolean isAverage(AggregateCall call) {
        return call.function().equals("avg");
    }

    /** The arguments over whose different values calls go, each combination once. */
    static List<List<Integer>> values(List<AggregateCall> calls) {
        return calls.stream()
                .filter(BucketCalls::isDistinct)
                .map(AggregateCall::arguments)
                .distinct()
                .toList();
    }

    /** Why the results of some call for the buckets do not add up to that for the key; null if all do. */
    static @Nullable String refusal(List<AggregateCall> calls, Schema input) {
        return calls.stream()
                .map(call -> refusal(call, input))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String refusal(AggregateCall call, Schema input) {
        boolean adds = call.user() == null
                && switch (call.function()) {
                    case "count", "sum", "min", "max" -> true;
                    case "avg" -> input.type(call.arguments().get(0)) == Scalar.DOUBLE;
                    default -> false;
                };
        if (adds) {
            return null;
        }
        String of =
                isAverage(call) ? " of " + input.type(call.arguments().get(0)).sql() : "";
        return call.function() + of + " does not add up";
    }

    /** What is computed for each bucket: calls themselves, and for averages their sums and counts. */
    static List<AggregateCall> parts(List<AggregateCall> calls) {
        List<AggregateCall> parts = new ArrayList<>();
        for (AggregateCall call : calls) {
            if (isAverage(call)) {
                parts.add(part(call, "sum", call.type(), call.nullable()));
                parts.add(part(call, "count", Scalar.BIGINT, false));
            } else {
                parts.add(call);
            }
        }
        return parts;
    }

    private static AggregateCall part(AggregateCall call, String function, DataType type, boolean nullable) {
        return new AggregateCall(function, call.arguments(), call.distinct(), call.filter(), List.of(), type, nullable);
    }

    /** The columns of {@link #parts}: those of the calls, and those of counts of averages under names of their own. */
    static List<Field> fields(List<AggregateCall> calls, Schema result, int keys) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            Field field = result.field(keys + i);
            fields.add(field);
            if (isAverage(calls.get(i))) {
                String name = field.name() + "_count";
                while (result.names().contains(name)) {
                    name += "_";
                }
                fields.add(new Field(name, Scalar.BIGINT, false));
            }
        }
        return fields;
    }

    /**
     * What makes the results of the parts from those of the buckets.
     *
     * @param from column of the result of the first part
     */
    static List<AggregateCall> sums(List<AggregateCall> parts, int from) {
        List<AggregateCall> sums = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            AggregateCall part = parts.get(i);
            String function = isExtreme(part) ? part.function() : "sum";
            sums.add(new AggregateCall(
                    function, List.of(from + i), false, null, List.of(), part.type(), part.nullable()));
        }
        return sums;
    }

    /**
     * The results of the calls, over the sums of their parts.
     *
     * @param mayBeNone whether there may be no bucket, so that counts are NULL instead of 0
     */
    static List<Expression> results(List<AggregateCall> calls, Schema sums, int keys, boolean mayBeNone) {
        List<Expression> results = new ArrayList<>();
        int at = keys;
        for (AggregateCall call : calls) {
            Expression sum = input(sums, at++);
            if (isAverage(call)) {
                results.add(average(sum, input(sums, at++)));
            } else {
                results.add(mayBeNone && call.function().equals("count") ? orZero(sum) : sum);
            }
        }
        return results;
    }

    static Expression input(Schema schema, int column) {
        return new Expression.Input(
                column, schema.type(column), schema.field(column).nullable());
    }

    private static Expression orZero(Expression count) {
        return new Expression.Call(
                Operation.COALESCE, List.of(count, new Expression.Literal(0L, Scalar.BIGINT)), Scalar.BIGINT, false);
    }

    private static Expression average(Expression sum, Expression count) {
        Expression any = new Expression.Call(
                Operation.GREATER,
                List.of(count, new Expression.Literal(0L, Scalar.BIGINT)),
                Scalar.BOOLEAN,
                count.nullable());
        Expression quotient = new Expression.Call(
                Operation.DIVIDE,
                List.of(sum, new Expression.Cast(count, Scalar.DOUBLE, count.nullable(), false)),
                Scalar.DOUBLE,
                sum.nullable() || count.nullable());
        return new Expression.Case(
                List.of(new Expression.Case.Branch(any, quotient)),
                new Expression.Literal(null, Scalar.DOUBLE),
                Scalar.DOUBLE,
                true);
    }
}
