package io.laminar.flink.state;

import io.laminar.execution.snapshot.FrozenState;
import io.laminar.execution.snapshot.StateIndex;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import org.apache.flink.runtime.state.AsyncSnapshotCallable;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.SnapshotResult;
import org.apache.flink.runtime.state.StreamStateHandle;

/** Stores the state of one subtask at one checkpoint, in the background. */
final class SnapshotTask extends AsyncSnapshotCallable<SnapshotResult<KeyedStateHandle>> {
    private final UUID backend;
    private final long checkpoint;
    private final KeyGroupRange range;
    private final FrozenState state;
    private final WrittenFiles files;
    private final SectionBackend.Listener listener;

    SnapshotTask(
            UUID backend,
            long checkpoint,
            KeyGroupRange range,
            FrozenState state,
            WrittenFiles files,
            SectionBackend.Listener listener)
            throws IOException {
        this.backend = backend;
        this.checkpoint = checkpoint;
        this.range = range;
        this.state = state;
        this.files = files;
        this.listener = listener;
        snapshotCloseableRegistry.registerCloseable(state::drop);
        snapshotCloseableRegistry.registerCloseable(files.closeables());
    }

    @Override
    protected SnapshotResult<KeyedStateHandle> callInternal() throws Exception {
        try {
            StateIndex index = write();
            if (index.isEmpty()) {
                return SnapshotResult.empty();
            }
            StreamStateHandle stored = files.writeIndex(bytes(index));
            List<HandleAndLocalPath> handles = files.handles(index);
            return SnapshotResult.of(new IncrementalRemoteKeyedStateHandle(
                    backend,
                    range,
                    checkpoint,
                    files.isShared() ? handles : List.of(),
                    files.isShared() ? List.of() : handles,
                    stored,
                    files.bytes()));
        } catch (Exception e) {
            try {
                files.discard();
            } catch (Exception second) {
                e.addSuppressed(second);
            }
            if (e instanceof IOException reason && !snapshotCloseableRegistry.isClosed()) {
                listener.failed(reason);
            }
            throw e;
        }
    }

    /** Flink would end the process for an error in this thread; the next checkpoint may find more room. */
    private StateIndex write() throws IOException, InterruptedException {
        try {
            return state.write(files, Lz4.INSTANCE);
        } catch (OutOfMemoryError e) {
            throw new IOException("there was too little heap for it (" + e.getMessage() + ")", e);
        }
    }

    private static byte[] bytes(StateIndex index) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        index.write(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    @Override
    protected void cleanupProvidedResources() {
        state.drop();
    }
}
