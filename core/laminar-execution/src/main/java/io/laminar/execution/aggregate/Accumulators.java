package io.laminar.execution.aggregate;

import io.laminar.execution.user.UserAggregateCalls;
import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.plan.node.SortKey;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.function.UserFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.datasketches.hll.Union;
import org.jspecify.annotations.Nullable;

/** Makes the accumulator of a call. */
final class Accumulators {

    private static final List<String> IDEMPOTENT =
            List.of("min", "max", "bool_and", "bool_or", "every", "some", "bit_and", "bit_or", "approx_distinct");

    /** Calls to which rows with a NULL first argument count. */
    private static final List<String> COUNTING_NULLS =
            List.of("array_agg", "first_value", "last_value", "nth_value", "single_value");

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
            return simple(call, types.get(column), column, call.arguments(), false);
        }
        return of(call, call.arguments(), call.order(), types, retracts, byTime);
    }

    /** Whether a call needs the different values of its arguments. The extremes of those are the extremes of all. */
    static boolean needsDistinct(AggregateCall call, Phase phase) {
        return call.distinct()
                && phase != Phase.FINAL
                && !(call.user() == null && IDEMPOTENT.contains(call.function()));
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
        if (call.user() != null) {
            return user(call, call.user(), arguments, order, types, retracts, byTime);
        }
        if (!retracts && byTime) {
            switch (call.function()) {
                case "first_value":
                    return new FirstRowAccumulator(arguments.get(0), order, types, false);
                case "last_value":
                    return new FirstRowAccumulator(arguments.get(0), FirstRowAccumulator.reversed(order), types, true);
                case "arg_min", "arg_max":
                    return new FirstRowAccumulator(arguments.get(0), natural(call, arguments), types, false);
                default:
                    break;
            }
        }
        CollectAccumulator.Finish finish = finish(call);
        if (finish != null) {
            List<SortKey> wanted = order.isEmpty() ? natural(call, arguments) : order;
            return new CollectAccumulator(arguments, wanted, types, byTime, finish);
        }
        int argument = arguments.isEmpty() ? -1 : arguments.get(0);
        return simple(call, argument < 0 ? DataType.Scalar.BIGINT : types.get(argument), argument, arguments, retracts);
    }

    private static Accumulator user(
            AggregateCall call,
            UserFunction function,
            List<Integer> arguments,
            List<SortKey> order,
            List<DataType> types,
            boolean retracts,
            boolean byTime) {
        UserAggregateCalls calls = new UserAggregateCalls(function);
        if (calls.aggregate().keepsState(retracts) && order.isEmpty()) {
            return new ObjectAccumulator<>(new UserStates(calls, arguments, call.type()), new Object[0]);
        }
        CollectAccumulator.Finish finish = calls.aggregate().eval() != null
                ? UserCollected.lists(calls, call.type())
                : UserCollected.replayed(calls, call.type());
        return new CollectAccumulator(arguments, order, types, byTime, finish);
    }

    /** What is made of all values; null for calls that do not keep them. */
    private static CollectAccumulator.@Nullable Finish finish(AggregateCall call) {
        return switch (call.function()) {
            case "array_agg" -> Collected.array(call.type());
            case "string_agg", "listagg" -> Collected.text();
            case "first_value", "arg_min", "arg_max" -> Collected.first(call.type());
            case "last_value" -> Collected.last(call.type());
            case "single_value" -> Collected.single(call.type());
            case "nth_value" -> Collected.nth(call.type());
            case "median" -> Distributions.median();
            case "percentile_cont" -> Distributions.quantile();
            case "percentile_disc" -> Distributions.discreteQuantile(call.type());
            case "mode" -> Distributions.mode(call.type());
            case "histogram" -> Distributions.histogram(call.type());
            default -> null;
        };
    }

    /** The order that a function stands for. */
    private static List<SortKey> natural(AggregateCall call, List<Integer> arguments) {
        return switch (call.function()) {
            case "arg_min" -> List.of(new SortKey(arguments.get(1), false, false));
            case "arg_max" -> List.of(new SortKey(arguments.get(1), true, false));
            case "median", "percentile_cont", "percentile_disc", "mode", "histogram" ->
                List.of(new SortKey(arguments.get(0), false, false));
            default -> List.of();
        };
    }

    private static Accumulator simple(
            AggregateCall call, DataType argumentType, int argument, List<Integer> arguments, boolean retracts) {
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
            case "stddev", "stddev_samp" -> new MomentsAccumulator(argument, scale, true, true, retracts);
            case "stddev_pop" -> new MomentsAccumulator(argument, scale, false, true, retracts);
            case "var", "variance", "var_samp" -> new MomentsAccumulator(argument, scale, true, false, retracts);
            case "var_pop" -> new MomentsAccumulator(argument, scale, false, false, retracts);
            case "bit_and", "bit_or", "bit_xor" -> {
                BitOperation operation = BitOperation.of(call.function());
                yield retracts
                        ? new BitCountsAccumulator(argument, operation)
                        : new BitAccumulator(argument, operation);
            }
            case "approx_distinct" -> new ObjectAccumulator<>(new DistinctSketch(argument), new Union[0]);
            case "approx_median" -> quantile(arguments.get(0), -1, -1);
            case "approx_percentile_cont" -> quantile(arguments.get(0), -1, arguments.get(1));
            case "approx_percentile_cont_with_weight" -> quantile(arguments.get(0), arguments.get(1), arguments.get(2));
            default -> {
                PairStatistic statistic = PairStatistic.of(call.function());
                yield new PairMomentsAccumulator(statistic, arguments.get(0), arguments.get(1), retracts);
            }
        };
    }

    private static Accumulator quantile(int argument, int weight, int fraction) {
        return new ObjectAccumulator<>(new QuantileSketch(argument, weight, fraction), new QuantileSketch.Values[0]);
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
        if (call.user() != null) {
            // Some arguments may be NULL; what is called sees to the others.
            return false;
        }
        return !call.arguments().isEmpty() && !COUNTING_NULLS.contains(call.function());
    }
}
