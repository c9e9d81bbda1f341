package io.laminar.benchmark;

import java.util.Locale;

/** What is being measured, on standard error. */
final class Progress {

    private Progress() {}

    static void say(String what) {
        System.err.println("bench: " + what);
    }

    static void say(Samples samples, String theirName) {
        say(String.format(
                Locale.ROOT,
                "%s: Laminar %.2f M/s, %s %.2f M/s, ratio %.2f",
                samples.name(),
                samples.ourMedian() / 1e6,
                theirName,
                samples.theirMedian() / 1e6,
                samples.ratio()));
    }
}
