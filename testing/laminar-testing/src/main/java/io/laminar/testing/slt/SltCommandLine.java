package io.laminar.testing.slt;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code ./dev slt [--complete] [--seed N] [--no-flink] [--flink-faults] [--spilling] [FILE...]}: runs files or folders, or
 * writes answers into them, or runs them with failures on Flink, or with state on local disk.
 * Without a file all cases of the repository run.
 */
public final class SltCommandLine {

    private static final Path ALL = Path.of("testing/laminar-sql-tests/src/test/resources/slt");

    private boolean complete;
    private boolean onFlink = true;
    private boolean faults;
    private boolean spilling;
    private long seed = 1;
    private final List<Path> paths = new ArrayList<>();

    private SltCommandLine() {}

    public static void main(String[] arguments) {
        SltCommandLine line = new SltCommandLine();
        if (!line.read(arguments)) {
            System.err.println(
                    "usage: slt [--complete] [--seed N] [--no-flink] [--flink-faults] [--spilling] [FILE...]");
            System.exit(2);
        }
        boolean passed = false;
        try {
            passed = line.run();
        } catch (RuntimeException | IOException e) {
            Thread main = Thread.currentThread();
            main.getUncaughtExceptionHandler().uncaughtException(main, e);
        } finally {
            // A cluster that could not be closed does not keep the process.
            System.exit(passed ? 0 : 1);
        }
    }

    private boolean read(String[] arguments) {
        for (int i = 0; i < arguments.length; i++) {
            switch (arguments[i]) {
                case "--complete" -> complete = true;
                case "--no-flink" -> onFlink = false;
                case "--flink-faults" -> faults = true;
                case "--spilling" -> {
                    spilling = true;
                    onFlink = false;
                }
                case "--seed" -> {
                    if (++i == arguments.length) {
                        return false;
                    }
                    seed = Long.parseLong(arguments[i]);
                }
                default -> paths.add(Path.of(arguments[i]));
            }
        }
        if (paths.isEmpty() && !complete) {
            paths.add(ALL);
        }
        return !paths.isEmpty();
    }

    private boolean run() throws IOException {
        Engine engine = Engine.laminar();
        Optional<FlinkRuns> flink = (onFlink || faults) && !complete ? Optional.of(new FlinkRuns()) : Optional.empty();
        SltRunner runner = new SltRunner(engine, seed, flink, spilling);
        boolean passed = true;
        for (Path path : paths) {
            try (Stream<Path> files = Files.walk(path)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".slt"))
                        .sorted()
                        .toList()) {
                    passed &= run(runner, flink, file);
                }
            }
        }
        flink.ifPresent(FlinkRuns::close);
        return passed;
    }

    private boolean run(SltRunner runner, Optional<FlinkRuns> flink, Path file) {
        try {
            if (complete) {
                runner.complete(file);
                System.out.println("completed " + file);
            } else {
                int cases = faults ? runner.runWithFaults(file, flink.orElseThrow(), 1) : runner.run(file);
                System.out.println("ok " + file + " (" + cases + " cases)");
            }
            return true;
        } catch (SltException e) {
            System.out.println("FAILED " + e.getMessage());
            return false;
        }
    }
}
