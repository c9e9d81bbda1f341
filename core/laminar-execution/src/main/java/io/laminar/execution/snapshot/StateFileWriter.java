package io.laminar.execution.snapshot;

import java.io.DataOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the sections of one snapshot into one file, which is begun with the first of them. */
public final class StateFileWriter implements AutoCloseable {
    /** How sections lie in a file: compressed or, if that makes them no smaller, as they are. */
    static final byte PLAIN = 0;

    static final byte COMPRESSED = 1;
    /** Form and length. */
    static final int HEADER = 5;

    private final StateFiles files;
    private final Compression compression;
    private final StateFile file;
    private byte[] compressed = new byte[0];
    private StateFiles.@Nullable Output output;
    private @Nullable DataOutputStream out;

    public StateFileWriter(StateFiles files, Compression compression, String name, long snapshot) {
        this.files = files;
        this.compression = compression;
        this.file = new StateFile(name, snapshot);
    }

    /** Appends the first {@code length} bytes as a section. */
    public void add(int keyGroup, byte[] content, int length) throws IOException {
        DataOutputStream target = out;
        if (target == null) {
            StateFiles.Output begun = files.create(file.name());
            output = begun;
            target = new DataOutputStream(begun.stream());
            out = target;
        }
        int bound = compression.bound(length);
        if (compressed.length < bound) {
            compressed = new byte[bound];
        }
        int size = compression.compress(content, length, compressed);
        boolean smaller = size < length;
        target.writeByte(smaller ? COMPRESSED : PLAIN);
        target.writeInt(length);
        target.write(smaller ? compressed : content, 0, smaller ? size : length);
        file.add(keyGroup, HEADER + (smaller ? size : length), length);
    }

    long bytes() {
        return file.bytes();
    }

    /** Ends the file; null if there is no section in it. */
    public @Nullable StateFile finish() throws IOException {
        if (output == null || out == null) {
            return null;
        }
        out.flush();
        output.keep();
        return file;
    }

    @Override
    public void close() throws IOException {
        if (output != null) {
            output.close();
        }
    }
}
