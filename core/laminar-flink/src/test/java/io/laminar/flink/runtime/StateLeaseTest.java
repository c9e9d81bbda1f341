package io.laminar.flink.runtime;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.StateLease.Timing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StateLeaseTest {
    private static final Timing TIMING = new Timing(Duration.ofMillis(50), Duration.ofSeconds(2));

    @TempDir
    private Path folder = Path.of("");

    private StateLease lease() {
        return new StateLease(
                new org.apache.flink.core.fs.Path(folder.resolve("lock").toUri()), TIMING);
    }

    @Test
    void oneAtATime() throws IOException {
        StateLease first = lease();
        assertTrue(first.take());
        assertFalse(lease().take());
        first.close();
        StateLease next = lease();
        assertTrue(next.take());
        next.close();
        assertFalse(Files.exists(folder.resolve("lock")));
    }

    /** An object that nobody writes any more is that of a process that has died. */
    @Test
    void theLockOfADeadHolderIsTakenOver() throws IOException {
        Files.writeString(folder.resolve("lock"), "somebody 7");
        StateLease lease = lease();
        assertTrue(lease.take());
        assertFalse(lease.lost().isDone());
        lease.close();
    }

    @Test
    void aHolderNoticesThatItWasTakenForDead() throws Exception {
        StateLease lease = lease();
        assertTrue(lease.take());
        Path other = Files.writeString(folder.resolve("other"), "somebody 0");
        Files.move(other, folder.resolve("lock"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        // A beat that was between reading and writing may take the name away once more.
        while (!lease.lost().isDone()
                && !Files.readString(folder.resolve("lock")).startsWith("somebody")) {
            other = Files.writeString(folder.resolve("other"), "somebody 0");
            Files.move(other, folder.resolve("lock"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        }
        lease.lost().get(30, TimeUnit.SECONDS);
        lease.close();
        assertTrue(Files.readString(folder.resolve("lock")).startsWith("somebody"));
    }
}
