package io.laminar.plan.explain;

import io.laminar.plan.node.OverCall;
import io.laminar.plan.node.OverFrame;
import io.laminar.plan.node.OverFunction;
import java.math.BigDecimal;
import java.util.Locale;

/** Calls over rows in a few words. */
final class OverText {

    private OverText() {}

    /** @param call the function with its arguments */
    static String of(OverCall over, String call) {
        StringBuilder out = new StringBuilder(call);
        if (over.function() == OverFunction.NTILE || over.number() > 1) {
            out.append(' ').append(over.number());
        }
        if (over.ignoreNulls()) {
            out.append(" ignore nulls");
        }
        if (over.function().hasFrame()) {
            out.append(' ').append(frame(over.frame()));
        }
        return out.toString();
    }

    private static String frame(OverFrame frame) {
        String unit = frame.unit().name().toLowerCase(Locale.ROOT);
        return unit + " " + bound(frame.start()) + " to " + bound(frame.end());
    }

    private static String bound(OverFrame.Bound bound) {
        if (bound instanceof OverFrame.First) {
            return "first";
        } else if (bound instanceof OverFrame.Last) {
            return "last";
        } else if (bound instanceof OverFrame.Current) {
            return "current";
        }
        BigDecimal distance = ((OverFrame.Offset) bound).distance();
        return (distance.signum() > 0 ? "+" : "") + distance.toPlainString();
    }
}
