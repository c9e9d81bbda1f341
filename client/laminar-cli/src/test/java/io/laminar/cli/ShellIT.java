package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell as a person uses it: the launched process at a terminal, which {@code script} makes. */
class ShellIT {
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
    private static final String CTRL_C = "\u0003";

    @TempDir
    Path folder;

    private Process process;
    private final StringBuilder screen = new StringBuilder();
    private int seen;

    @BeforeEach
    void start() throws IOException {
        // No shell stays between: it would take Ctrl-C for itself.
        String command = "stty cols 100 rows 30; exec env --default-signal=INT '" + Launcher.script() + "' sql";
        ProcessBuilder builder = new ProcessBuilder("script", "-qefc", command, "/dev/null")
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("LAMINAR_DIST", Launcher.DISTRIBUTION.toString());
        builder.environment().put("HOME", folder.toString());
        builder.environment().put("SHELL", "/bin/sh");
        builder.environment().put("TERM", "xterm");
        builder.environment().remove("XDG_CONFIG_HOME");
        process = builder.start();
        Thread reader = new Thread(() -> read(process), "screen");
        reader.setDaemon(true);
        reader.start();
        await("laminar> ");
    }

    @AfterEach
    void stop() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private void read(Process of) {
        try (Reader in = new InputStreamReader(of.getInputStream(), StandardCharsets.UTF_8)) {
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

    private void type(String text) {
        try {
            process.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a text appears behind all that was waited for. */
    private void await(String text) {
        long end = System.nanoTime() + LIMIT_NANOS;
        synchronized (screen) {
            int found = screen.indexOf(text, seen);
            while (found < 0) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    throw new AssertionError("no '" + text + "' in: " + screen.substring(seen));
                }
                try {
                    screen.wait(left);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                found = screen.indexOf(text, seen);
            }
            seen = found + text.length();
        }
    }

    @Test
    void aSession() throws Exception {
        type("SELECT 20 +\r");
        await("-> ");
        type("22 AS answer;\r");
        await("answer\r\n------\r\n    42\r\n");
        await("laminar> ");

        type("CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);\r");
        await("\r\n");
        await("laminar> ");
        type("SELECT 'caret', nope FROM ticks;\r");
        await("<input>:1:17: LAM-2002");
        await("|                 ^^^^");
        await("laminar> ");

        // A result that changes is one table: drawn again over its names, its rule and its three rows.
        type("SELECT counter % 3 AS k, count(*) AS n FROM ticks GROUP BY counter % 3;\r");
        await("\u001B[5A\r\u001B[J");
        await("\u001B[5A\r\u001B[J");
        type(CTRL_C);
        await("laminar> ");

        // A query that goes on ends with Ctrl-C, and the shell does not.
        type("SELECT counter FROM ticks;\r");
        await("\r\n    100\r\n");
        type(CTRL_C);
        await("laminar> ");

        // Names that were declared, functions and keywords are completed.
        type("SELECT coun\t");
        await("count");
        type(CTRL_C);
        await("laminar> ");
        type("SELECT count(*) AS n FROM tic\tWHERE counter < 0 AND 1 = 2 EMIT CHANGES;\r");
        await("ticks ");
        type(CTRL_C);
        await("laminar> ");

        type("\\d ticks\r");
        await("counter  BIGINT NOT NULL");
        await("laminar> ");
        type("\\q\r");
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), screen::toString);

        Path history = folder.resolve(".config/laminar/history");
        assertTrue(Files.readString(history).contains("SELECT 20 +"), Files.readString(history));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(history)));
        assertFalse(screen.toString().contains("WARNING"), screen::toString);
    }

    @Test
    void quittingAtOnceIsNoFailure() throws Exception {
        type("\u0004");
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), screen::toString);
    }
}
