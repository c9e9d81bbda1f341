package io.laminar.execution.expression.kernel;

/** Conversions between floating point and integers. */
public final class NumberCasts {

    private NumberCasts() {}

    /** The nearest whole number, of two equally near the one farther from zero. NaN and infinities stay. */
    public static double roundHalfAway(double value) {
        double magnitude = Math.abs(value);
        double whole = Math.floor(magnitude);
        return Math.copySign(magnitude - whole >= 0.5 ? whole + 1 : whole, value);
    }

    /** Whether a whole number is a long. */
    public static boolean fitsLong(double whole) {
        return whole >= -0x1p63 && whole < 0x1p63;
    }

    /** Whether a whole number lies in a range. */
    public static boolean fits(double whole, double min, double max) {
        return whole >= min && whole <= max;
    }

    /** Whether rounding to float makes a finite number infinite. */
    public static boolean exceedsFloat(double value) {
        return Float.isInfinite((float) value) && !Double.isInfinite(value);
    }
}
