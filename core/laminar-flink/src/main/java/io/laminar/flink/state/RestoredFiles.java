package io.laminar.flink.state;

import io.laminar.execution.snapshot.RestoredState;
import io.laminar.execution.snapshot.StateFiles;
import io.laminar.execution.snapshot.StateIndex;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.fs.CloseableRegistry;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.runtime.state.IncrementalKeyedStateHandle.HandleAndLocalPath;
import org.apache.flink.runtime.state.IncrementalRemoteKeyedStateHandle;
import org.apache.flink.runtime.state.KeyedStateHandle;
import org.apache.flink.runtime.state.StreamStateHandle;

/** The files of what one former subtask stored. */
final class RestoredFiles implements StateFiles {
    private final Map<String, StreamStateHandle> handles = new HashMap<>();
    private final CloseableRegistry closeables;

    private RestoredFiles(IncrementalRemoteKeyedStateHandle handle, CloseableRegistry closeables) {
        this.closeables = closeables;
        add(handle.getSharedState());
        add(handle.getPrivateState());
    }

    private void add(List<HandleAndLocalPath> files) {
        files.forEach(file -> handles.put(file.getLocalPath(), file.getHandle()));
    }

    /** What former subtasks stored, with files that are read until a registry is closed. */
    static List<RestoredState.Part> parts(Collection<KeyedStateHandle> handles, CloseableRegistry closeables)
            throws IOException {
        List<RestoredState.Part> parts = new ArrayList<>();
        for (KeyedStateHandle handle : handles) {
            if (!(handle instanceof IncrementalRemoteKeyedStateHandle stored)) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH, "the saved state was written by another version of Laminar");
            }
            RestoredFiles files = new RestoredFiles(stored, closeables);
            parts.add(new RestoredState.Part(files.index(stored.getMetaDataStateHandle()), files));
        }
        return parts;
    }

    private StateIndex index(StreamStateHandle handle) throws IOException {
        FSDataInputStream stream = handle.openInputStream();
        closeables.registerCloseable(stream);
        try {
            return StateIndex.read(new DataInputStream(new BufferedInputStream(stream)));
        } finally {
            close(stream);
        }
    }

    private void close(FSDataInputStream stream) throws IOException {
        if (closeables.unregisterCloseable(stream)) {
            stream.close();
        }
    }

    @Override
    public Input open(String name) throws IOException {
        StreamStateHandle handle = handles.get(name);
        if (handle == null) {
            throw new IOException("file '" + name + "' is missing in the saved state");
        }
        FSDataInputStream stream = handle.openInputStream();
        closeables.registerCloseable(stream);
        return new Input() {
            @Override
            public void read(long position, byte[] to, int length) throws IOException {
                if (stream.getPos() != position) {
                    stream.seek(position);
                }
                for (int done = 0; done < length; ) {
                    int read = stream.read(to, done, length - done);
                    if (read < 0) {
                        throw new EOFException("file '" + name + "' of the saved state is shorter than it was");
                    }
                    done += read;
                }
            }

            @Override
            public void close() throws IOException {
                RestoredFiles.this.close(stream);
            }
        };
    }

    @Override
    public Output create(String name) {
        throw new UnsupportedOperationException("files that are restored are only read");
    }
}
