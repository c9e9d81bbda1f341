package io.laminar.benchmark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SamplesTest {

    private static Samples samples(double... ratios) {
        Samples samples = new Samples("x", "", "");
        for (double ratio : ratios) {
            samples.add(ratio * 10, 10);
        }
        return samples;
    }

    @Test
    void theRatioIsTheMedianPairByPair() {
        Samples samples = samples(2, 9, 3);
        assertEquals(3, samples.ratio(), 1e-9);
        assertEquals(2, samples.lowest(), 1e-9);
        assertEquals(9, samples.highest(), 1e-9);
    }

    @Test
    void anEvenNumberOfPairsTakesTheMiddleOfTwo() {
        assertEquals(2.5, samples(1, 2, 3, 4).ratio(), 1e-9);
    }

    @Test
    void theMeanOfRatiosIsGeometric() {
        assertEquals(4, Samples.geometricMean(List.of(samples(2), samples(8))), 1e-9);
    }
}
