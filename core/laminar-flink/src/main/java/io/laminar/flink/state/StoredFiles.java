package io.laminar.flink.state;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.runtime.state.PlaceholderStreamStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;

/** The files of recent checkpoints of a subtask. May be used by any thread. */
final class StoredFiles {
    private record Stored(StreamStateHandle handle, long lastUse) {}

    private final Map<String, Stored> files = new ConcurrentHashMap<>();

    /** Notes that a checkpoint has written a file. */
    void add(String name, StreamStateHandle handle, long checkpoint) {
        files.put(name, new Stored(handle, checkpoint));
    }

    /** What a checkpoint says of a file that an earlier one has written: the job manager has the file's own handle. */
    StreamStateHandle reuse(String name, long checkpoint) throws IOException {
        Stored stored = files.computeIfPresent(
                name, (n, known) -> new Stored(known.handle(), Math.max(known.lastUse(), checkpoint)));
        if (stored == null) {
            throw new IOException("file '" + name + "' of an earlier checkpoint is not known any more");
        }
        StreamStateHandle handle = stored.handle();
        return new PlaceholderStreamStateHandle(handle.getStreamStateHandleID(), handle.getStateSize(), false);
    }

    /** Forgets what a completed checkpoint, on which later ones will build, does not use. */
    void completed(long checkpoint) {
        files.values().removeIf(stored -> stored.lastUse() < checkpoint);
    }
}
