package io.laminar.plan.explain;

import io.laminar.plan.node.WindowSpec;

/** Windows in a few words. */
public final class WindowText {

    private WindowText() {}

    public static String of(WindowSpec window) {
        if (window instanceof WindowSpec.Tumble tumble) {
            return "tumble " + Spans.text(tumble.width()) + offset(tumble.offset());
        } else if (window instanceof WindowSpec.TumbleMonths months) {
            return "tumble " + Spans.months(months.months());
        } else if (window instanceof WindowSpec.Hop hop) {
            return "hop " + Spans.text(hop.slide()) + " over " + Spans.text(hop.width()) + offset(hop.offset());
        } else if (window instanceof WindowSpec.Session session) {
            return "session " + Spans.text(session.gap());
        } else if (window instanceof WindowSpec.Cumulate cumulate) {
            return "cumulate " + Spans.text(cumulate.step()) + " up to " + Spans.text(cumulate.max())
                    + offset(cumulate.offset());
        }
        return "the window of its rows";
    }

    private static String offset(long offset) {
        return offset == 0 ? "" : " offset " + Spans.text(offset);
    }
}
