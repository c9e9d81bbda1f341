package io.laminar.testing.simulator;

import io.laminar.execution.snapshot.StateFile;
import io.laminar.execution.snapshot.StateFiles;
import io.laminar.execution.snapshot.StateIndex;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Files of state in memory. */
final class MemoryFiles implements StateFiles {

    private final Map<String, byte[]> files = new HashMap<>();

    @Override
    public Output create(String name) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        return new Output() {
            @Override
            public OutputStream stream() {
                return bytes;
            }

            @Override
            public void keep() throws IOException {
                if (files.put(name, bytes.toByteArray()) != null) {
                    throw new IOException("file '" + name + "' is written twice");
                }
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public Input open(String name) throws IOException {
        byte[] bytes = files.get(name);
        if (bytes == null) {
            throw new IOException("file '" + name + "' is missing");
        }
        return new Input() {
            @Override
            public void read(long position, byte[] to, int length) throws IOException {
                if (position + length > bytes.length) {
                    throw new EOFException("file '" + name + "' is too short");
                }
                System.arraycopy(bytes, (int) position, to, 0, length);
            }

            @Override
            public void close() {}
        };
    }

    /** The files that a snapshot names and no others, as a job manager keeps them. */
    MemoryFiles of(StateIndex index) {
        MemoryFiles named = new MemoryFiles();
        for (StateFile file : index.files()) {
            byte[] bytes = files.get(file.name());
            if (bytes == null) {
                throw new IllegalStateException("a snapshot names file '" + file.name() + "', which does not exist");
            }
            named.files.put(file.name(), bytes);
        }
        return named;
    }

    /** Forgets files that are in neither of two snapshots. */
    void retain(MemoryFiles one, MemoryFiles other) {
        files.keySet().removeIf(name -> !one.files.containsKey(name) && !other.files.containsKey(name));
    }
}
