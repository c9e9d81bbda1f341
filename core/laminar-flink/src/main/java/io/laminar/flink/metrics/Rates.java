package io.laminar.flink.metrics;

/** What comes in and goes out per second, smoothed over some seconds. */
public record Rates(double rowsIn, double rowsOut, double bytesIn, double bytesOut) {
    public static final Rates NONE = new Rates(0, 0, 0, 0);

    Rates plus(Rates other) {
        return new Rates(
                rowsIn + other.rowsIn, rowsOut + other.rowsOut, bytesIn + other.bytesIn, bytesOut + other.bytesOut);
    }

    /** The rates between two counts. */
    static Rates between(Counts before, Counts now, double seconds) {
        return new Rates(
                perSecond(before.rowsIn(), now.rowsIn(), seconds),
                perSecond(before.rowsOut(), now.rowsOut(), seconds),
                perSecond(before.bytesIn(), now.bytesIn(), seconds),
                perSecond(before.bytesOut(), now.bytesOut(), seconds));
    }

    private static double perSecond(long before, long now, double seconds) {
        return Math.max(0, now - before) / seconds;
    }

    /**
     * A mean of both.
     *
     * @param weight of the other, 0 to 1
     */
    Rates towards(Rates other, double weight) {
        return new Rates(
                rowsIn + weight * (other.rowsIn - rowsIn),
                rowsOut + weight * (other.rowsOut - rowsOut),
                bytesIn + weight * (other.bytesIn - bytesIn),
                bytesOut + weight * (other.bytesOut - bytesOut));
    }
}
