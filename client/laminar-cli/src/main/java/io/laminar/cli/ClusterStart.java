package io.laminar.cli;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.spi.error.LaminarException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Starts the cluster, or finds it, while the SQL text is being planned: both take a second, and neither needs the other.
 */
final class ClusterStart implements AutoCloseable {
    private final ClusterSize size;
    private final CompletableFuture<JobRuntime> starting;
    private @Nullable JobRuntime replacement;

    private ClusterStart(ClusterSize size, CompletableFuture<JobRuntime> starting) {
        this.size = size;
        this.starting = starting;
    }

    /** @param slots what will be needed, as far as is known before the text has been read */
    static ClusterStart begin(int slots) {
        return begin(ClusterSize.ofSlots(slots));
    }

    static ClusterStart begin(ClusterSize size) {
        return begin(size, () -> JobRuntime.start(size));
    }

    /** @param address of a cluster of other processes, which has as many slots as it has */
    static ClusterStart connect(String address) {
        return begin(new ClusterSize(Integer.MAX_VALUE, Integer.MAX_VALUE), () -> JobRuntime.connect(address));
    }

    private static ClusterStart begin(ClusterSize size, Callable<JobRuntime> source) {
        CompletableFuture<JobRuntime> starting = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try {
                        starting.complete(source.call());
                    } catch (Exception | Error e) {
                        starting.completeExceptionally(e);
                    }
                },
                "start of the cluster");
        thread.setDaemon(true);
        thread.start();
        return new ClusterStart(size, starting);
    }

    /** The cluster; a larger one if the text asked for more than was known. */
    JobRuntime runtime(ClusterSize needed) throws InterruptedException {
        JobRuntime runtime = join();
        if (size.holds(needed)) {
            return runtime;
        }
        runtime.close();
        JobRuntime larger = JobRuntime.start(needed);
        replacement = larger;
        return larger;
    }

    private JobRuntime join() throws InterruptedException {
        try {
            return starting.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof LaminarException known) {
                throw known;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    @Override
    public void close() {
        if (replacement != null) {
            replacement.close();
            return;
        }
        JobRuntime started = starting.exceptionally(failed -> null).join();
        if (started != null) {
            started.close();
        }
    }
}
