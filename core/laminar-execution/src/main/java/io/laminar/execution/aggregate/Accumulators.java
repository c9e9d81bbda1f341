package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the accumulator of a call. */
final class Accumulators {

    private static final List<String> IDEMPOTENT = List.of("min", "max", "bool_and", "bool_or", "every", "some");

    private Accumulators() {}

    /**
     * @param column first input column: the state of the call for {@link Phase#FINAL}, otherwise ignored
     * @param retracts whether the input takes rows back
     * @param byTime whether event time decides where the order matters and the call has none
     */
    static Accumulator of(AggregateCall call, Schema input, Phase phase, int column, boolean retracts, boolean byTime) {
        List<DataType> types = input.fields().stream().map(Field::type).toList();
        if (phase == Phase.FINAL) {
            if (PartialLayout.width(call) == 0) {
                throw new IllegalArgumentException(call.function() + " has no partial form");
            }
            return simple(call, types.get(column), column, false);
        }
        return of(call, call.arguments(), call.order(), types, retracts, byTime);
    }

    /** Whether a call needs the different values of its arguments. The extremes of those are the extremes of all. */
    static boolean needsDistinct(AggregateCall call, Phase phase) {
        return call.distinct() && phase != Phase.FINAL && !IDEMPOTENT.contains(call.function());
    }

    /** What is kept for calls over the different values of the same arguments. */
    static DistinctValues distinct(List<AggregateCall> calls, Schema input, boolean counting) {
        List<Integer> arguments = calls.get(0).arguments();
        List<DataType> types = arguments.stream().map(input::type).toList();
        List<DistinctValues.Call> parts = new ArrayList<>();
        for (AggregateCall call : calls) {
            parts.add(new DistinctValues.Call(call.filter(), skipsNulls(call), overDistinct(call, types)));
        }
        return new DistinctValues(arguments.stream().mapToInt(Integer::intValue).toArray(), types, parts, counting);
    }

    /** The different values are columns of their own, so that the aggregate behind sees its arguments as 0, 1, ... */
    private static Accumulator overDistinct(AggregateCall call, List<DataType> types) {
        List<SortKey> order = new ArrayList<>();
        for (SortKey key : call.order()) {
            int position = call.arguments().indexOf(key.column());
            if (position < 0) {
                throw new LaminarException(
                        ErrorCode.INVALID_QUERY,
                        call.function() + "(DISTINCT ... ORDER BY ...) can only be ordered by its arguments");
            }
            order.add(new SortKey(position, key.descending(), key.nullsFirst()));
        }
        // Rows of different values have no time, so order is that of arrival, as where rows are taken back.
        return of(call, IntStream.range(0, types.size()).boxed().toList(), order, types, true, false);
    }

    private static Accumulator of(
            AggregateCall call,
            List<Integer> arguments,
            List<SortKey> order,
            List<DataType> types,
            boolean retracts,
            boolean byTime) {
        CollectAccumulator.Finish finish =
                switch (call.function()) {
                    case "array_agg" -> Collected.array(call.type());
                    case "string_agg", "listagg" -> Collected.text();
                    case "first_value" -> Collected.edge(call.type(), false);
                    case "single_value" -> Collected.single(call.type());
                    case "last_value" -> Collected.edge(call.type(), true);
                    default -> null;
                };
        if (finish != null) {
            return new CollectAccumulator(arguments, order, types, byTime, finish);
        }
        int argument = arguments.isEmpty() ? -1 : arguments.get(0);
        return simple(call, argument < 0 ? DataType.Scalar.BIGINT : types.get(argument), argument, retracts);
    }

    private static Accumulator simple(AggregateCall call, DataType argumentType, int argument, boolean retracts) {
        int scale = argumentType instanceof Decimal decimal ? decimal.scale() : 0;
        return switch (call.function()) {
            case "count" -> new CountAccumulator();
            case "sum", "avg" -> {
                boolean average = call.function().equals("avg");
                yield TypeWidening.isFloating(argumentType)
                        ? new DoubleSumAccumulator(argument, average, call.type(), retracts)
                        : new ExactSumAccumulator(argument, new ExactSumResult(average, scale, call.type()));
            }
            case "min", "max" -> extreme(call, argumentType, argument, retracts);
            case "bool_and", "every" -> new BooleanAccumulator(argument, false);
            case "bool_or", "some" -> new BooleanAccumulator(argument, true);
            case "stddev", "stddev_samp" -> new MomentsAccumulator(argument, scale, true, true);
            case "stddev_pop" -> new MomentsAccumulator(argument, scale, false, true);
            case "var", "variance", "var_samp" -> new MomentsAccumulator(argument, scale, true, false);
            case "var_pop" -> new MomentsAccumulator(argument, scale, false, false);
            default ->
                throw new LaminarException(
                        ErrorCode.UNSUPPORTED_SQL, "aggregate " + call.function() + " cannot be computed yet");
        };
    }

    private static Accumulator extreme(AggregateCall call, DataType type, int argument, boolean retracts) {
        boolean max = call.function().equals("max");
        if (retracts) {
            return new BagExtremeAccumulator(argument, max, type);
        }
        return switch (type.physical()) {
            case INT, LONG -> new LongExtremeAccumulator(argument, max, type);
            case DOUBLE -> new DoubleExtremeAccumulator(argument, max);
            case BYTES, DECIMAL, BOOLEAN -> new BytesExtremeAccumulator(argument, max, type);
            // Nested values are rare enough to keep them all.
            default -> new BagExtremeAccumulator(argument, max, type);
        };
    }

    /** Whether rows with a NULL first argument do not count. */
    static boolean skipsNulls(AggregateCall call) {
        return !call.arguments().isEmpty()
                && !List.of("array_agg", "first_value", "last_value", "single_value").contains(call.function());
    }
}
