package io.laminar.testing.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A process a test has started, with what it prints in files. It is killed when it is closed. */
public final class ChildProcess implements AutoCloseable {
    /** Machines of CI are slow, and several tests may share one. */
    public static final Duration LIMIT = Duration.ofMinutes(3);

    private static final long LOOK_MILLIS = 20;
    /** Those that end with this process, however it ends. */
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroyForcibly)));
    }

    private final String name;
    private final Process process;
    private final Path out;
    private final Path err;

    /** What a process left behind. */
    public record Ended(int code, String out, String err) {}

    private ChildProcess(String name, Process process, Path out, Path err) {
        this.name = name;
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /**
     * Starts a command.
     *
     * @param name of the files in the folder that get its output
     */
    public static ChildProcess start(String name, Path folder, List<String> command) {
        try {
            Path out = folder.resolve(name + ".out");
            Path err = folder.resolve(name + ".err");
            Process process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            RUNNING.add(process);
            var unused = process.onExit().thenRun(() -> RUNNING.remove(process));
            return new ChildProcess(name, process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public String out() {
        return read(out);
    }

    public String err() {
        return read(err);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends it without a chance to do anything about it. */
    public void kill() {
        process.destroyForcibly();
        end();
    }

    /** Asks it to end, and waits until it has. */
    public Ended terminate() {
        process.destroy();
        return end();
    }

    /** As Ctrl-C does. */
    public void interrupt() {
        signal("INT");
    }

    /** Lets it hang: it answers nobody, and its connections stay open. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String signal) {
        try {
            int code = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException(name + " has ended: " + err());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    /** Waits until it prints a text on its error stream. */
    public ChildProcess awaitErr(String text) {
        await("'" + text + "' of " + name, () -> err().contains(text));
        return this;
    }

    /**
     * Waits for something that happens while the process runs.
     *
     * @param what in words, for the failure
     */
    public void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            boolean ended = ended(LOOK_MILLIS, TimeUnit.MILLISECONDS);
            if (condition.getAsBoolean()) {
                return;
            } else if (ended || System.nanoTime() > end) {
                String how = ended ? "it ended with code " + process.exitValue() : "nothing in " + LIMIT;
                throw new IllegalStateException(
                        "waited for " + what + ": " + how + "; " + name + " says:\n" + out() + err());
            }
        }
    }

    /** Waits until it has ended. */
    public Ended end() {
        if (!ended(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " does not end; it says:\n" + err());
        }
        return new Ended(process.exitValue(), out(), err());
    }

    private boolean ended(long time, TimeUnit unit) {
        try {
            return process.waitFor(time, unit);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            process.destroyForcibly();
            boolean unused = ended(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
