package io.laminar.benchmark;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rates of two sides, measured in turn: the i-th of one belongs to the i-th of the other.
 *
 * @param name of the ratio, one word
 * @param what was measured, for people
 * @param ours rates of Laminar in units per second
 * @param theirs rates of the other side
 */
public record Samples(String name, String what, String unit, List<Double> ours, List<Double> theirs) {

    public Samples(String name, String what, String unit) {
        this(name, what, unit, new ArrayList<>(), new ArrayList<>());
    }

    public void add(double ourRate, double theirRate) {
        ours.add(ourRate);
        theirs.add(theirRate);
    }

    public double ourMedian() {
        return median(ours);
    }

    public double theirMedian() {
        return median(theirs);
    }

    /** Median of the ratios pair by pair. */
    public double ratio() {
        return median(ratios());
    }

    public double lowest() {
        return ratios().stream().mapToDouble(r -> r).min().orElseThrow();
    }

    public double highest() {
        return ratios().stream().mapToDouble(r -> r).max().orElseThrow();
    }

    private List<Double> ratios() {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ours.size(); i++) {
            ratios.add(ours.get(i) / theirs.get(i));
        }
        return ratios;
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(v -> v).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** Geometric mean of the ratios of several measurements. */
    public static double geometricMean(List<Samples> all) {
        return Math.exp(Arrays.stream(all.stream().mapToDouble(Samples::ratio).toArray())
                .map(Math::log)
                .average()
                .orElseThrow());
    }
}
