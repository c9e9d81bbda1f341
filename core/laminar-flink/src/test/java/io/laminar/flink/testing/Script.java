package io.laminar.flink.testing;

import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a test tells the readers of its table, and what they tell it. Tables are in this process, so both meet here by
 * the table's name.
 */
public final class Script {
    private static final Map<String, Script> SCRIPTS = new ConcurrentHashMap<>();

    /** Rows each split has. */
    public final long rows;

    public final int splits;

    /** Position at which every reader fails once, after a checkpoint has been completed; -1: never. */
    public final long failAt;

    private volatile long keys = 10;
    private long limit;
    private int reached;
    private long heard;
    private boolean failed;
    private CompletableFuture<Void> moved = new CompletableFuture<>();
    private CompletableFuture<Void> allReached = new CompletableFuture<>();
    private final List<Batch> written = new ArrayList<>();
    private final Set<UUID> commits = new HashSet<>();
    private final CompletableFuture<Void> closing = new CompletableFuture<>();
    private CompletableFuture<Void> mayClose = CompletableFuture.completedFuture(null);

    public Script(long rows, int splits, long failAt) {
        this.rows = rows;
        this.splits = splits;
        this.failAt = failAt;
        this.limit = rows;
    }

    public static Script named(String table) {
        Script script = SCRIPTS.get(table);
        if (script == null) {
            throw new IllegalStateException("no script for table " + table);
        }
        return script;
    }

    /** Sets how many keys there are; rows have them in turn. */
    public Script keys(long count) {
        keys = count;
        return this;
    }

    long key(long position) {
        return position % keys;
    }

    public Script register(String table) {
        SCRIPTS.put(table, this);
        return this;
    }

    /** Lets splits be read up to a position; the future is complete when all have been. */
    public synchronized CompletableFuture<Void> readTo(long position) {
        limit = position;
        reached = 0;
        allReached = new CompletableFuture<>();
        CompletableFuture<Void> waiting = moved;
        moved = new CompletableFuture<>();
        waiting.complete(null);
        return allReached;
    }

    synchronized long limit() {
        return limit;
    }

    /** Complete when the limit is another than the one a reader has seen. */
    synchronized CompletableFuture<Void> movedFrom(long seen) {
        return limit == seen ? moved : CompletableFuture.completedFuture(null);
    }

    synchronized void splitReachedLimit() {
        if (++reached == splits) {
            allReached.complete(null);
        }
    }

    synchronized void heardOf(long checkpoint) {
        heard = Math.max(heard, checkpoint);
    }

    /** The latest checkpoint that a reader has heard of that it is complete. */
    public synchronized long heard() {
        return heard;
    }

    /** Whether the readers have failed at {@link #failAt}. */
    public synchronized boolean hasFailed() {
        return failed;
    }

    synchronized boolean failNow(long position) {
        if (failAt < 0 || failed || position < failAt) {
            return false;
        }
        failed = true;
        return true;
    }

    /** Lets readers that have ended wait in their close method until the future is complete. */
    public synchronized Script holdClosing(CompletableFuture<Void> until) {
        mayClose = until;
        return this;
    }

    /** Complete when a reader has ended and begins to close. */
    public CompletableFuture<Void> closing() {
        return closing;
    }

    void closeReader() {
        closing.complete(null);
        CompletableFuture<Void> until;
        synchronized (this) {
            until = mayClose;
        }
        until.join();
    }

    /** Takes the rows of a commit, unless it has them. */
    synchronized void write(UUID commit, Batch batch) {
        if (commits.add(commit)) {
            written.add(batch);
        }
    }

    /** What the sink has committed. */
    public synchronized List<Batch> written() {
        return List.copyOf(written);
    }
}
