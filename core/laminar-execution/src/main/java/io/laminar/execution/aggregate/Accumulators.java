package io.laminar.execution.aggregate;

import io.laminar.plan.node.AggregateCall;
import io.laminar.plan.node.PartialLayout;
import io.laminar.plan.node.Phase;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Decimal;
import io.laminar.spi.type.Physical;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.List;

/** Makes the accumulator of a call. */
final class Accumulators {

    private Accumulators() {}

    /**
     * @param column first input column: the state of the call for {@link Phase#FINAL}, otherwise ignored
     * @param retracts whether the input takes rows back
     */
    static Accumulator of(AggregateCall call, Schema input, Phase phase, int column, boolean retracts) {
        int argument;
        if (phase == Phase.FINAL) {
            if (PartialLayout.width(call) == 0) {
                throw new IllegalArgumentException(call.function() + " has no partial form");
            }
            argument = column;
        } else {
            argument = call.arguments().isEmpty() ? -1 : call.arguments().get(0);
        }
        DataType type = argument < 0 ? DataType.Scalar.BIGINT : input.type(argument);
        return of(call, type, argument, retracts);
    }

    private static Accumulator of(AggregateCall call, DataType argumentType, int argument, boolean retracts) {
        int scale = argumentType instanceof Decimal decimal ? decimal.scale() : 0;
        return switch (call.function()) {
            case "count" -> new CountAccumulator();
            case "sum", "avg" -> {
                boolean average = call.function().equals("avg");
                yield TypeWidening.isFloating(argumentType)
                        ? new DoubleSumAccumulator(argument, average, call.type(), retracts)
                        : new ExactSumAccumulator(argument, new ExactSumResult(average, scale, call.type()));
            }
            case "min", "max" -> extreme(call, argumentType, argument);
            case "bool_and", "every" -> new BooleanAccumulator(argument, false);
            case "bool_or" -> new BooleanAccumulator(argument, true);
            case "stddev", "stddev_samp" -> new MomentsAccumulator(argument, scale, true, true);
            case "stddev_pop" -> new MomentsAccumulator(argument, scale, false, true);
            case "var", "var_samp" -> new MomentsAccumulator(argument, scale, true, false);
            case "var_pop" -> new MomentsAccumulator(argument, scale, false, false);
            default -> throw unsupported(call, "");
        };
    }

    private static Accumulator extreme(AggregateCall call, DataType type, int argument) {
        boolean max = call.function().equals("max");
        return switch (type.physical()) {
            case INT, LONG -> new LongExtremeAccumulator(argument, max, type);
            case DOUBLE -> new DoubleExtremeAccumulator(argument, max);
            case BYTES, DECIMAL, BOOLEAN -> new BytesExtremeAccumulator(argument, max, type);
            default -> throw unsupported(call, " of " + type.sql());
        };
    }

    /** Whether rows with a NULL first argument do not count. */
    static boolean skipsNulls(AggregateCall call) {
        return !call.arguments().isEmpty()
                && !List.of("array_agg", "first_value", "last_value").contains(call.function());
    }

    static LaminarException unsupported(AggregateCall call, String detail) {
        return new LaminarException(
                ErrorCode.UNSUPPORTED_SQL, "aggregate " + call.function() + detail + " cannot be computed yet");
    }

    static boolean isNested(DataType type) {
        return type.physical() == Physical.LIST
                || type.physical() == Physical.MAP
                || type.physical() == Physical.STRUCT;
    }
}
