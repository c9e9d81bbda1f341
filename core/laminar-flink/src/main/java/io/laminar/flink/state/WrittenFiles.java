package io.laminar.flink.state;

import io.laminar.execution.snapshot.StateFile;
import io.laminar.execution.snapshot.StateFiles;
import io.laminar.execution.snapshot.StateIndex;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.runtime.state.CheckpointStateOutputStream;
import org.apache.flink.runtime.state.CheckpointStreamFactory;
import org.apache.flink.runtime.state.CheckpointedStateScope;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.StateUtil;
import org.apache.flink.runtime.state.StreamStateHandle;

/** The files that one checkpoint writes, through Flink's checkpoint storage. */
final class WrittenFiles implements StateFiles {
    private final CheckpointStreamFactory streams;
    private final StoredFiles stored;
    private final boolean shared;
    private final CloseableRegistry closeables = new CloseableRegistry();
    private final Map<String, StreamStateHandle> kept = new LinkedHashMap<>();

    /** @param shared whether later checkpoints may use the files, which then lie where all of them find them */
    WrittenFiles(CheckpointStreamFactory streams, StoredFiles stored, boolean shared) {
        this.streams = streams;
        this.stored = stored;
        this.shared = shared;
    }

    boolean isShared() {
        return shared;
    }

    /** What has to be closed if the checkpoint is given up. */
    CloseableRegistry closeables() {
        return closeables;
    }

    @Override
    public Output create(String name) throws IOException {
        CheckpointStateOutputStream stream = streams.createCheckpointStateOutputStream(
                shared ? CheckpointedStateScope.SHARED : CheckpointedStateScope.EXCLUSIVE);
        closeables.registerCloseable(stream);
        return new Output() {
            @Override
            public OutputStream stream() {
                return stream;
            }

            @Override
            public void keep() throws IOException {
                StreamStateHandle handle = stream.closeAndGetHandle();
                if (handle == null) {
                    throw new IOException("the checkpoint storage has kept nothing");
                }
                kept.put(name, handle);
            }

            @Override
            public void close() throws IOException {
                if (closeables.unregisterCloseable(stream)) {
                    stream.close();
                }
            }
        };
    }

    @Override
    public Input open(String name) {
        throw new UnsupportedOperationException("files of a checkpoint are not read while it is written");
    }

    /** Writes the index, which belongs to this checkpoint alone. */
    StreamStateHandle writeIndex(byte[] bytes) throws IOException {
        CheckpointStateOutputStream stream =
                streams.createCheckpointStateOutputStream(CheckpointedStateScope.EXCLUSIVE);
        closeables.registerCloseable(stream);
        try {
            stream.write(bytes);
            StreamStateHandle handle = stream.closeAndGetHandle();
            if (handle == null) {
                throw new IOException("the checkpoint storage has kept nothing");
            }
            kept.put("", handle);
            return handle;
        } finally {
            if (closeables.unregisterCloseable(stream)) {
                stream.close();
            }
        }
    }

    /** The files of an index: those written now, and those of earlier checkpoints. */
    List<HandleAndLocalPath> handles(StateIndex index) throws IOException {
        List<HandleAndLocalPath> handles = new ArrayList<>();
        for (StateFile file : index.files()) {
            StreamStateHandle own = kept.get(file.name());
            if (own != null && shared) {
                stored.add(file.name(), own, index.snapshot());
            }
            handles.add(HandleAndLocalPath.of(
                    own != null ? own : stored.reuse(file.name(), index.snapshot()), file.name()));
        }
        return handles;
    }

    /** Bytes written now. */
    long bytes() {
        return kept.values().stream().mapToLong(StreamStateHandle::getStateSize).sum();
    }

    /** Deletes what was written. */
    void discard() throws Exception {
        StateUtil.bestEffortDiscardAllStateObjects(kept.values());
    }
}
