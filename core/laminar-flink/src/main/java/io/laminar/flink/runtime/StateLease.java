package io.laminar.flink.runtime;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * A lock in a store that knows nothing of processes: an object with the name of its holder and a number that goes up as
 * long as the holder lives. Where the number stands still for long enough the holder is taken for dead and the lock taken
 * over; a holder that finds another name in the object knows that it has been. Clocks are not compared.
 */
final class StateLease implements AutoCloseable {

    /**
     * How long things take.
     *
     * @param beat after which the number goes up
     * @param patience after which a number that stands still means that its holder is dead; several beats
     */
    record Timing(Duration beat, Duration patience) {
        static final Timing USUAL = new Timing(Duration.ofSeconds(5), Duration.ofSeconds(20));
    }

    private final Path file;
    private final Timing timing;
    private final String holder = UUID.randomUUID().toString();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private @Nullable ScheduledExecutorService heart;
    private long beats;

    StateLease(Path file, Timing timing) {
        this.file = file;
        this.timing = timing;
    }

    /** Takes the lock; waits where another process has it, until it is sure whether that one lives. False if it does. */
    boolean take() throws IOException {
        try {
            if (!create() && !(standsStill() && takeOver())) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for " + file);
        }
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "state-lease");
            thread.setDaemon(true);
            return thread;
        });
        long every = timing.beat.toMillis();
        var unused = timer.scheduleWithFixedDelay(this::beat, every, every, TimeUnit.MILLISECONDS);
        heart = timer;
        return true;
    }

    private boolean create() throws IOException {
        try {
            put(FileSystem.WriteMode.NO_OVERWRITE);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private boolean standsStill() throws IOException, InterruptedException {
        String seen = read();
        long deadline = System.nanoTime() + timing.patience.toNanos();
        while (System.nanoTime() < deadline) {
            TimeUnit.NANOSECONDS.sleep(timing.beat.toNanos() / 2);
            if (!seen.equals(read())) {
                return false;
            }
        }
        return true;
    }

    /** Of several that try at the same time the one that wrote last has it; the others see that after a beat. */
    private boolean takeOver() throws IOException, InterruptedException {
        put(FileSystem.WriteMode.OVERWRITE);
        TimeUnit.NANOSECONDS.sleep(timing.beat.toNanos() * 2);
        return isMine(read());
    }

    /** Nothing is known as long as the store does not answer: then checkpoints fail as well. */
    private void beat() {
        try {
            String now = read();
            if (!now.isEmpty() && !isMine(now)) {
                lost.complete(null);
                stop();
                return;
            }
            beats++;
            put(FileSystem.WriteMode.OVERWRITE);
        } catch (IOException e) {
            // The next beat tries again.
            return;
        }
    }

    private boolean isMine(String content) {
        return content.startsWith(holder);
    }

    private void put(FileSystem.WriteMode mode) throws IOException {
        StoredFolderFiles.put(file, (holder + " " + beats).getBytes(StandardCharsets.UTF_8), mode);
    }

    /** Empty if the object is not there. */
    private String read() throws IOException {
        try (InputStream in = file.getFileSystem().open(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (FileNotFoundException e) {
            return "";
        }
    }

    /** Completes when another process has taken the lock over. */
    CompletableFuture<Void> lost() {
        return lost;
    }

    private void stop() {
        if (heart != null) {
            heart.shutdown();
        }
    }

    /** Gives the lock back, if it is still there to be given. */
    @Override
    public void close() {
        if (heart == null) {
            return;
        }
        stop();
        try {
            // A beat on its way must not make the object anew.
            if (heart.awaitTermination(timing.patience.toMillis(), TimeUnit.MILLISECONDS) && isMine(read())) {
                file.getFileSystem().delete(file, false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            // Then others find out by themselves, a little later.
            return;
        } finally {
            heart = null;
        }
    }
}
