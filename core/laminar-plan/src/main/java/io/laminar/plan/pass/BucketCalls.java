package io.laminar.plan.pass;

import io.laminar.plan.node.AggregateCall;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import io.laminar.spi.type.TypeWidening;
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

    /** Why the results of some call do not add up to the whole exactly; null if all do. */
    static @Nullable String refusal(List<AggregateCall> calls, Schema input) {
        return calls.stream()
                .map(call -> refusal(call, input))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String refusal(AggregateCall call, Schema input) {
        boolean isKnown = call.user() == null
                && switch (call.function()) {
                    case "count", "min", "max", "sum" -> true;
                    default -> false;
                };
        if (!isKnown) {
            return call.function() + " does not add up";
        }
        boolean isRounded = call.function().equals("sum")
                && TypeWidening.isFloating(input.type(call.arguments().get(0)));
        return isRounded ? "sums of " + input.type(call.arguments().get(0)).sql() + " depend on their order" : null;
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
