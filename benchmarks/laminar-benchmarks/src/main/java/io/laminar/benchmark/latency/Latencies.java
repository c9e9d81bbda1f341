package io.laminar.benchmark.latency;

import java.util.Arrays;

/** Delays of single rows, in microseconds; all of them are kept. */
public final class Latencies {
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final double MICROS_PER_MILLI = 1e3;

    private long[] micros = new long[FIRST_CAPACITY];
    private int count;

    synchronized void add(long[] delays, int length) {
        if (count + length > micros.length) {
            micros = Arrays.copyOf(micros, Math.max(2 * micros.length, count + length));
        }
        System.arraycopy(delays, 0, micros, count, length);
        count += length;
    }

    /** Rows measured. */
    public synchronized int count() {
        return count;
    }

    /**
     * The delay that a part of the rows does not exceed, in milliseconds.
     *
     * @param part above 0 and at most 1, which is the maximum
     */
    public synchronized double quantile(double part) {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        Arrays.sort(micros, 0, count);
        return micros[(int) Math.ceil(part * count) - 1] / MICROS_PER_MILLI;
    }
}
