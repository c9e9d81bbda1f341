package io.laminar.cli.remote;

import java.util.Locale;

/** Spans of time as people read them. */
final class Spans {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private Spans() {}

    /** {@code 0.4 ms}, {@code 41 ms}, {@code 2.3 s}. */
    static String ofMicros(long micros) {
        if (micros >= MICROS_PER_SECOND) {
            return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
        }
        return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1e3);
    }
}
