package io.laminar.benchmark.roofline;

import io.laminar.benchmark.Samples;

/** Runs two workloads in turn after a warm-up and checks that they compute the same. */
public final class Comparison {
    private static final double WARM_UP_SECONDS = 1.5;

    private Comparison() {}

    /**
     * Measures.
     *
     * @param pairs how often both are run
     * @param seconds how long each run takes at least
     */
    public static Samples of(
            String name, String what, String unit, Workload ours, Workload theirs, int pairs, double seconds) {
        if (ours.round() != theirs.round()) {
            throw new IllegalStateException(name + ": the two sides do not compute the same");
        }
        rate(ours, WARM_UP_SECONDS);
        rate(theirs, WARM_UP_SECONDS);
        Samples samples = new Samples(name, what, unit);
        for (int pair = 0; pair < pairs; pair++) {
            double ourRate = rate(ours, seconds);
            samples.add(ourRate, rate(theirs, seconds));
        }
        return samples;
    }

    private static double rate(Workload workload, double seconds) {
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        long units = 0;
        long checksum = 0;
        long now;
        do {
            checksum += workload.round();
            units += workload.units();
            now = System.nanoTime();
        } while (now < end);
        if (checksum == Long.MIN_VALUE) {
            throw new IllegalStateException("a checksum nobody expects");
        }
        return units / ((now - start) / 1e9);
    }
}
