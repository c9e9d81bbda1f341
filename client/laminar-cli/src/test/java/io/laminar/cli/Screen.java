package io.laminar.cli;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program at a terminal, which {@code script} makes: what is typed into it, and what it shows. */
final class Screen implements AutoCloseable {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Process process;
    private final StringBuilder screen = new StringBuilder();
    private int seen;

    private Screen(Process process) {
        this.process = process;
    }

    /** Starts a program in a folder, which is also its home. */
    static Screen of(Path folder, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        "script", "-qefc", "stty cols 100 rows 30; " + String.join(" ", command), "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("XDG_CONFIG_HOME");
        Screen screen = new Screen(builder.start());
        Thread reader = new Thread(screen::read, "screen");
        reader.setDaemon(true);
        reader.start();
        return screen;
    }

    private void read() {
        try (Reader in = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int c = in.read(); c >= 0; c = in.read()) {
                synchronized (screen) {
                    screen.append((char) c);
                    screen.notifyAll();
                }
            }
        } catch (IOException e) {
            // A terminal that has gone cannot be read.
        }
    }

    void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a text appears behind all that was waited for, whatever its colours. */
    void await(String text) throws InterruptedException {
        long end = System.nanoTime() + LIMIT_NANOS;
        synchronized (screen) {
            int found = plain().indexOf(text, seen);
            while (found < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no '" + text + "' in: " + plain().substring(seen));
                }
                screen.wait(left);
                found = plain().indexOf(text, seen);
            }
            seen = found + text.length();
        }
    }

    /** All that was shown. */
    String text() {
        synchronized (screen) {
            return plain();
        }
    }

    private String plain() {
        return screen.toString().replaceAll("\u001B\\[[0-9;?]*[A-Za-z]", "");
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
