package io.laminar.execution.snapshot;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Files of state in memory. */
public final class MemoryFiles implements StateFiles {
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
            public void keep() {
                if (files.put(name, bytes.toByteArray()) != null) {
                    throw new AssertionError("file '" + name + "' is written twice");
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
                    throw new EOFException(name);
                }
                System.arraycopy(bytes, (int) position, to, 0, length);
            }

            @Override
            public void close() {}
        };
    }

    /** Bytes of a file. */
    public int size(String name) {
        return files.get(name).length;
    }
}
