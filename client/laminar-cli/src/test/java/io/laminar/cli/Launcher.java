package io.laminar.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The script {@code ./laminar} as a process of its own, started from a folder that is not the project's. */
final class Launcher {
    static final Path DISTRIBUTION = Path.of(System.getProperty("laminar.dist"));
    private static final Path ROOT = root();
    private static final long LIMIT_SECONDS = 120;
    private static final long LOOK_MILLIS = 20;

    /** A process that does nothing else takes some milliseconds of a second for its timers. */
    private static final int IDLE_LOOKS = 50;

    private static final long IDLE_MILLIS = 100;

    private final Process process;
    private final Path out;
    private final Path err;
    private final long started = System.nanoTime();

    /** What a process left behind. */
    record Ended(int code, String out, String err, Duration time) {}

    private Launcher(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("laminar"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    /** The project's folder. */
    static Path project() {
        return ROOT;
    }

    static String script() {
        return ROOT.resolve("laminar").toString();
    }

    /** Where the script keeps what makes starts faster; it belongs to exactly these jars. */
    static Path archive() {
        return DISTRIBUTION.resolve("laminar.jsa");
    }

    static Ended run(Path folder, String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of(script()));
        command.addAll(List.of(arguments));
        return start(folder, input, command).end();
    }

    /** Starts the script, or a command with the script in it. */
    static Launcher start(Path folder, String input, List<String> command) {
        try {
            Path in = Files.createTempFile("laminar-launcher", ".in");
            Files.writeString(in, input);
            Path out = Files.createTempFile("laminar-launcher", ".out");
            Path err = Files.createTempFile("laminar-launcher", ".err");
            ProcessBuilder builder = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(in.toFile())
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile());
            builder.environment().put("LAMINAR_DIST", DISTRIBUTION.toString());
            Process process = builder.start();
            process.onExit().thenRun(() -> delete(in));
            return new Launcher(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command that can be interrupted even if this process, as a background job of a shell, ignores Ctrl-C. */
    static List<String> interruptible(String... arguments) {
        List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT", script()));
        command.addAll(List.of(arguments));
        return command;
    }

    void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("the process has ended: " + read(err));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Waits for something that the process does while it runs. */
    void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (ended(LOOK_MILLIS, TimeUnit.MILLISECONDS) || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IllegalStateException("no " + what + "; standard error: " + read(err));
            }
        }
    }

    /** Waits until the process has said something on its standard error. */
    void awaitErr(String text) {
        await("'" + text + "'", () -> read(err).contains(text));
    }

    /** Waits until the process, with all that it has started, has nothing to do but to wait itself. */
    void awaitIdle() {
        Deque<Long> last = new ArrayDeque<>();
        await("rest", () -> {
            last.addLast(cpuMillis());
            return last.size() > IDLE_LOOKS && last.getLast() - last.removeFirst() <= IDLE_MILLIS;
        });
    }

    private long cpuMillis() {
        return process.descendants()
                .mapToLong(child ->
                        child.info().totalCpuDuration().orElse(Duration.ZERO).toMillis())
                .sum();
    }

    Ended end() {
        return endWithin(LIMIT_SECONDS);
    }

    /** Waits for the end of a process that works for long. */
    Ended endWithin(long seconds) {
        if (!ended(seconds, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException("the process does not end; standard error: " + read(err));
        }
        Duration time = Duration.ofNanos(System.nanoTime() - started);
        Ended ended = new Ended(process.exitValue(), read(out), read(err), time);
        delete(out);
        delete(err);
        return ended;
    }

    private boolean ended(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Complete files below a folder: not those whose names begin with a dot. */
    static List<Path> files(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
