package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What the writers of one sink staged and what of it was committed. */
public final class CollectedRows {

    private static final Map<String, CollectedRows> ALL = new ConcurrentHashMap<>();

    private final TreeMap<Long, List<Batch>> staged = new TreeMap<>();
    private final List<Batch> committed = new ArrayList<>();
    private CompletableFuture<Void> settled = CompletableFuture.completedFuture(null);
    private long next;

    private CollectedRows() {}

    /** Opens a place for the rows of the sink with this name. */
    public static CollectedRows open(String name) {
        CollectedRows rows = new CollectedRows();
        if (ALL.putIfAbsent(name, rows) != null) {
            throw new IllegalStateException("the sink " + name + " is open already");
        }
        return rows;
    }

    public static void close(String name) {
        ALL.remove(name);
    }

    static CollectedRows named(String name) {
        CollectedRows rows = ALL.get(name);
        if (rows == null) {
            throw new IllegalStateException("nobody collects the rows of sink " + name);
        }
        return rows;
    }

    /** Keeps rows that a checkpoint may commit; the answer names them. */
    synchronized long stage(List<Batch> batches) {
        if (staged.isEmpty()) {
            settled = new CompletableFuture<>();
        }
        staged.put(next, List.copyOf(batches));
        return next++;
    }

    /** Commits what was staged under an id; a second time it does nothing. */
    synchronized void commit(long id) {
        List<Batch> batches = staged.remove(id);
        if (batches != null) {
            committed.addAll(batches);
        }
        if (staged.isEmpty()) {
            settled.complete(null);
        }
    }

    /** Completes when nothing that was staged waits for its commit. */
    public synchronized CompletableFuture<Void> settled() {
        return settled;
    }

    public synchronized List<Batch> committed() {
        return List.copyOf(committed);
    }
}
