package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.cli.remote.Platform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of a preview are seen when they come, not when there are enough of them or when it ends. */
class PreviewStreamsTest {
    private static final String SQL =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 10);\n"
                    + "SELECT x FROM (VALUES (11), (12), (13)) AS t (x)\n"
                    + "UNION ALL SELECT CAST(counter AS INT) FROM ticks WHERE counter > 1000000;";

    /** Tells when a text has been written. */
    private static final class Watched extends OutputStream {
        private final ByteArrayOutputStream written = new ByteArrayOutputStream();
        private final CountDownLatch seen = new CountDownLatch(1);
        private final String wanted;

        Watched(String wanted) {
            this.wanted = wanted;
        }

        @Override
        public synchronized void write(int b) {
            written.write(b);
            if (written.toString(StandardCharsets.UTF_8).contains(wanted)) {
                seen.countDown();
            }
        }
    }

    @Test
    void rowsThatAreFollowedByNoneAreShown(@TempDir Path folder) throws Exception {
        Watched out = new Watched("13\n");
        try (Platform platform = Platform.start(folder)) {
            Terminal terminal = new Terminal(
                    new ByteArrayInputStream(SQL.getBytes(StandardCharsets.UTF_8)),
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(OutputStream.nullOutputStream()),
                    false,
                    false,
                    false,
                    80,
                    Map.of(
                            "HOME", folder.toString(),
                            "LAMINAR_SERVER", platform.address(),
                            "LAMINAR_TOKEN", platform.token()));
            CompletableFuture<Integer> ended = CompletableFuture.supplyAsync(
                    () -> LaminarCommand.run(terminal, "pipeline", "preview", "-", "--seconds", "20"));
            assertTrue(out.seen.await(1, TimeUnit.MINUTES), out.written::toString);
            assertTrue(!ended.isDone(), "all rows came at the end");
            assertEquals(0, ended.get(1, TimeUnit.MINUTES));
        }
    }
}
