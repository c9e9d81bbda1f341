package io.laminar.execution.function;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Rounds to decimal places. Halves go away from zero, in doubles by the digits a user sees. */
final class Rounding {
    private static final double[] POWERS = {
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
    };
    private static final long[] LONG_POWERS = new long[19];
    /** Beyond this a product leaves too few bits for its fraction. */
    private static final double PRECISE = 0x1p46;

    /** How far off a product can be, relative to it; with room to spare. */
    private static final double SLACK = 0x1p-50;

    static {
        long power = 1;
        for (int i = 0; i < LONG_POWERS.length; i++) {
            LONG_POWERS[i] = power;
            power *= 10;
        }
    }

    private Rounding() {}

    static double round(double x, int places) {
        return toPlaces(x, places, RoundingMode.HALF_UP);
    }

    static double truncate(double x, int places) {
        return toPlaces(x, places, RoundingMode.DOWN);
    }

    private static double toPlaces(double x, int places, RoundingMode mode) {
        if (!Double.isFinite(x) || x == 0 || places > 330 || (places >= 0 && x == Math.rint(x))) {
            return x;
        }
        if (places < -310) {
            return 0;
        }
        if (places >= 0 && places < POWERS.length) {
            double scaled = x * POWERS[places];
            // Multiplying has rounded; that matters only near the edge between two results.
            double whole = mode == RoundingMode.DOWN ? (double) (long) scaled : Math.rint(scaled);
            double fraction = Math.abs(scaled - whole);
            double slack = Math.abs(scaled) * SLACK;
            boolean nearEdge = mode == RoundingMode.DOWN
                    ? fraction <= slack || fraction >= 1 - slack
                    : Math.abs(fraction - 0.5) <= slack;
            if (Math.abs(scaled) < PRECISE && !nearEdge) {
                return whole == 0 ? Math.copySign(0, x) : whole / POWERS[places];
            }
        }
        return BigDecimal.valueOf(x).setScale(places, mode).doubleValue();
    }

    /**
     * Rounds an integer at digits before the point.
     *
     * @param digits how many of them, positive
     */
    static long round(String function, long x, int digits) {
        if (digits >= LONG_POWERS.length) {
            if (digits == LONG_POWERS.length && Math.abs(x / 2) >= 2_500_000_000_000_000_000L) {
                throw Refusals.overflow(function, "BIGINT");
            }
            return 0;
        }
        long power = LONG_POWERS[digits];
        long rest = x % power;
        long down = x - rest;
        if (Math.abs(rest) < power - Math.abs(rest)) {
            return down;
        }
        long up = down + (x < 0 ? -power : power);
        if ((up < 0) != (x < 0)) {
            throw Refusals.overflow(function, "BIGINT");
        }
        return up;
    }

    static long truncate(long x, int digits) {
        return digits >= LONG_POWERS.length ? 0 : x - x % LONG_POWERS[digits];
    }

    /** Rounds within the scale that the value has; more places leave it as it is. */
    static BigDecimal round(BigDecimal x, int places, RoundingMode mode) {
        return places >= x.scale() ? x : x.setScale(Math.max(places, -40), mode).setScale(x.scale());
    }
}
