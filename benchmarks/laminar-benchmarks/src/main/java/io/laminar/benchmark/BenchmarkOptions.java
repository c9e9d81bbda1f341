package io.laminar.benchmark;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code ./dev bench} takes: {@code --quick} (under five minutes, parallelism 1), {@code --only REGEX} (names of
 * ratios), {@code --results DIR}.
 *
 * @param flinkEvents events that Flink SQL runs over
 * @param pairs how often both sides are measured
 */
record BenchmarkOptions(
        boolean quick, Pattern only, Path results, long flinkEvents, int pairs, List<Integer> parallelisms) {
    private static final long QUICK_EVENTS = 1_000_000;
    private static final long FULL_EVENTS = 2_500_000;

    static BenchmarkOptions parse(String[] arguments) {
        boolean quick = false;
        Pattern only = Pattern.compile("");
        Path results = Path.of("benchmarks", "results");
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--quick" -> quick = true;
                case "--only" -> only = Pattern.compile(arguments[++i]);
                case "--results" -> results = Path.of(arguments[++i]);
                default ->
                    throw new IllegalArgumentException(
                            "unknown argument " + arguments[i] + "; known: --quick, --only REGEX, --results DIR");
            }
        }
        return new BenchmarkOptions(
                quick,
                only,
                results,
                quick ? QUICK_EVENTS : FULL_EVENTS,
                quick ? 1 : 3,
                quick ? List.of(1) : List.of(1, 2));
    }

    boolean selects(String name) {
        return only.matcher(name).find();
    }

    /** Only a complete run is worth a page. */
    boolean writesPage() {
        return only.pattern().isEmpty();
    }

    /** Quick runs have a page of their own: they say less than full ones. */
    String pageName(LocalDate date) {
        return date + (quick ? "-quick" : "") + ".md";
    }

    double rooflineSeconds() {
        return quick ? 0.5 : 2;
    }

    int latencySeconds() {
        return quick ? 10 : 60;
    }

    String commandLine() {
        return quick ? " --quick" : "";
    }
}
