package io.laminar.plan.explain;

import java.util.List;

/** Lengths of time in the largest unit that gives a whole number. */
final class Spans {
    private record Unit(long micros, String name) {}

    private static final List<Unit> UNITS = List.of(
            new Unit(86_400_000_000L, "day"),
            new Unit(3_600_000_000L, "hour"),
            new Unit(60_000_000L, "minute"),
            new Unit(1_000_000L, "second"),
            new Unit(1_000L, "millisecond"));

    private Spans() {}

    static String text(long micros) {
        for (Unit unit : UNITS) {
            if (micros % unit.micros() == 0) {
                return count(micros / unit.micros(), unit.name());
            }
        }
        return count(micros, "microsecond");
    }

    static String months(int months) {
        return months % 12 == 0 ? count(months / 12, "year") : count(months, "month");
    }

    private static String count(long number, String unit) {
        return number == 1 ? "1 " + unit : number + " " + unit + "s";
    }
}
