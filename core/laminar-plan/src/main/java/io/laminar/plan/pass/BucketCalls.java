package io.laminar.plan.pass;

import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
import java.util.ArrayList;
import java.util.List;

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

    /** Whether the results of all calls add up exactly, so not sums of DOUBLEs: those depend on their order. */
    static boolean addUp(List<AggregateCall> calls, Schema input) {
        return calls.stream().allMatch(call -> call.user() == null && addsUp(call, input));
    }

    private static boolean addsUp(AggregateCall call, Schema input) {
        return switch (call.function()) {
            case "count", "min", "max" -> true;
            case "sum" -> !TypeWidening.isFloating(input.type(call.arguments().get(0)));
            default -> false;
        };
    }

    /**
     * What makes the results of the calls from those of the buckets.
     *
     * @param from column of the result of the first call
     */
    static List<AggregateCall> sums(List<AggregateCall> calls, int from) {
        List<AggregateCall> sums = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            AggregateCall call = calls.get(i);
            String function = isExtreme(call) ? call.function() : "sum";
            sums.add(new AggregateCall(
                    function, List.of(from + i), false, null, List.of(), call.type(), call.nullable()));
        }
        return sums;
    }

    /** The schema of the sums: without keys they are NULL while there is no bucket. */
    static Schema sumsSchema(Schema result, int keys) {
        return keys > 0
                ? result
                : new Schema(result.fields().stream()
                        .map(field -> new Field(field.name(), field.type()))
                        .toList());
    }
}
