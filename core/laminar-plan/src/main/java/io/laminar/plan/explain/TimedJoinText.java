package io.laminar.plan.explain;

import io.laminar.plan.expression.Expression;
import io.laminar.plan.expression.ExpressionText;
import io.laminar.plan.node.JoinParts;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What joins bounded by time do, in words. */
final class TimedJoinText {

    private TimedJoinText() {}

    /** @param time how the times of both rows have to lie to each other */
    static String of(JoinParts parts, String time) {
        List<String> details = new ArrayList<>();
        details.add(parts.type().name().toLowerCase(Locale.ROOT));
        Schema left = parts.left().schema();
        Schema right = parts.right().schema();
        if (!parts.keys().isEmpty()) {
            details.add(parts.keys().stream()
                    .map(key -> left.field(key.left()).name()
                            + (key.nullSafe() ? " is " : " = ")
                            + right.field(key.right()).name())
                    .collect(Collectors.joining(", ", "on [", "]")));
        }
        details.add(time);
        Schema pair = parts.pair();
        Expression condition = parts.condition();
        if (condition != null) {
            details.add("where "
                    + condition.accept(new ExpressionText(i -> pair.field(i).name())));
        }
        details.add(parts.outputs().stream()
                .map(column -> pair.field(column).name())
                .collect(Collectors.joining(", ", "[", "]")));
        return String.join(", ", details);
    }

    static String bounds(long lower, long upper) {
        if (lower == upper) {
            return lower == 0 ? "at the same time" : "right row " + side(lower);
        }
        return "right row from " + side(lower) + " to " + side(upper);
    }

    private static String side(long micros) {
        return micros == 0 ? "the same time" : Spans.text(Math.abs(micros)) + (micros < 0 ? " before" : " after");
    }
}
