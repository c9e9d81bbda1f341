package io.laminar.testing.connector;

import io.laminar.spi.batch.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a script feeds to one source, per subtask. The script appends from its own thread; readers follow, and replay
 * from any position after a restore.
 */
public final class ScriptLog {

    /** What a reader finds in its log. */
    public sealed interface Entry {

        record Rows(Batch batch) implements Entry {}

        record Watermark(long time) implements Entry {}

        record End() implements Entry {}
    }

    private static final Map<String, ScriptLog> LOGS = new ConcurrentHashMap<>();

    private final List<List<Entry>> entries = new ArrayList<>();
    private final int[] emitted;
    private final boolean[] failing;
    private CompletableFuture<Void> appended = new CompletableFuture<>();
    private CompletableFuture<Void> followed = new CompletableFuture<>();

    private ScriptLog(int subtasks) {
        for (int i = 0; i < subtasks; i++) {
            entries.add(new ArrayList<>());
        }
        emitted = new int[subtasks];
        failing = new boolean[subtasks];
    }

    /** Opens a log for the source with this name. */
    public static ScriptLog open(String name, int subtasks) {
        ScriptLog log = new ScriptLog(subtasks);
        if (LOGS.putIfAbsent(name, log) != null) {
            throw new IllegalStateException("the log " + name + " is open already");
        }
        return log;
    }

    public static void close(String name) {
        LOGS.remove(name);
    }

    static ScriptLog named(String name) {
        ScriptLog log = LOGS.get(name);
        if (log == null) {
            throw new IllegalStateException("no script feeds the source " + name);
        }
        return log;
    }

    public synchronized void append(int subtask, Entry entry) {
        entries.get(subtask).add(entry);
        appended.complete(null);
        appended = new CompletableFuture<>();
    }

    public void appendToAll(Entry entry) {
        for (int subtask = 0; subtask < emitted.length; subtask++) {
            append(subtask, entry);
        }
    }

    /** Completes when all readers have emitted everything appended so far. */
    public synchronized CompletableFuture<Void> caughtUp() {
        if (isCaughtUp()) {
            return CompletableFuture.completedFuture(null);
        }
        return followed;
    }

    private boolean isCaughtUp() {
        for (int subtask = 0; subtask < emitted.length; subtask++) {
            if (emitted[subtask] < entries.get(subtask).size()) {
                return false;
            }
        }
        return true;
    }

    synchronized boolean has(int subtask, int position) {
        return position < entries.get(subtask).size();
    }

    synchronized Entry read(int subtask, int position) {
        return entries.get(subtask).get(position);
    }

    /** Makes every reader fail once; until each has started again, none has caught up. */
    public synchronized void fail() {
        Arrays.fill(failing, true);
        Arrays.fill(emitted, -1);
        appended.complete(null);
        appended = new CompletableFuture<>();
    }

    /** Whether a reader is to fail now; asking a second time, it is not. */
    synchronized boolean failNow(int subtask) {
        boolean now = failing[subtask];
        failing[subtask] = false;
        return now;
    }

    /** A reader starts, from the beginning or again: it need not fail any more. */
    synchronized void started(int subtask, int position) {
        failing[subtask] = false;
        emitted(subtask, position);
    }

    /** The last watermark before a position. */
    synchronized Optional<Long> watermarkBefore(int subtask, int position) {
        Optional<Long> last = Optional.empty();
        for (Entry entry : entries.get(subtask).subList(0, position)) {
            if (entry instanceof Entry.Watermark mark) {
                last = Optional.of(mark.time());
            }
        }
        return last;
    }

    /** A reader says that it has emitted everything before a position. */
    synchronized void emitted(int subtask, int position) {
        emitted[subtask] = position;
        if (isCaughtUp()) {
            followed.complete(null);
            followed = new CompletableFuture<>();
        }
    }

    /** Completes when something is at the position. */
    synchronized CompletableFuture<Void> available(int subtask, int position) {
        return failing[subtask] || has(subtask, position) ? CompletableFuture.completedFuture(null) : appended;
    }
}
