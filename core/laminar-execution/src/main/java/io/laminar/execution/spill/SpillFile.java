package io.laminar.execution.spill;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Bytes on disk: written once from start to end, read in parts, and gone when nobody uses them any more. */
final class SpillFile {
    private static final int BUFFER = 1 << 16;

    private final SpillFolder folder;
    private final Target target;
    private final DataOutputStream out;
    private final AtomicInteger users = new AtomicInteger(1);

    /** @param inMemory bytes up to which there is no file */
    SpillFile(SpillFolder folder, long inMemory) {
        this.folder = folder;
        this.target = new Target(folder, inMemory);
        this.out = new DataOutputStream(target);
    }

    /** What is to be written. */
    interface Content {
        void write(DataOutputStream out) throws IOException;
    }

    /** A part of the file. */
    record Extent(long start, long length) {}

    /** Writes something behind the rest, and returns where it lies. */
    Extent append(Content content) {
        try {
            long start = target.bytes;
            content.write(out);
            return new Extent(start, target.bytes - start);
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
    }

    /** Ends writing. */
    void finish() {
        try {
            out.close();
        } catch (IOException e) {
            throw folder.unwritable(e);
        }
    }

    /** The bytes from a position on; to be closed. */
    InputStream read(long from) throws IOException {
        Path path = target.path;
        if (path == null) {
            InputStream in = target.memory.read();
            in.skipNBytes(from);
            return in;
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        channel.position(from);
        return new BufferedInputStream(Channels.newInputStream(channel), BUFFER);
    }

    SpillFolder folder() {
        return folder;
    }

    /** One more uses the file. May be called by any thread, as may the next one. */
    void retain() {
        users.incrementAndGet();
    }

    /** One less uses it; the last one deletes it. */
    void release() {
        if (users.decrementAndGet() > 0) {
            return;
        }
        Path path = target.path;
        if (path != null) {
            folder.delete(path, target.bytes);
        }
        target.memory.clear();
    }

    /** Memory, and a file once it is too much for that. */
    private static final class Target extends OutputStream {
        private final SpillFolder folder;
        private final long inMemory;
        private final ChunkedBytes memory = new ChunkedBytes();
        private @Nullable Path path;
        private @Nullable OutputStream file;
        private long bytes;

        Target(SpillFolder folder, long inMemory) {
            this.folder = folder;
            this.inMemory = inMemory;
        }

        private OutputStream forMore(int more) throws IOException {
            bytes += more;
            OutputStream open = file;
            if (open == null && bytes > inMemory) {
                Path fresh = folder.next();
                open = new BufferedOutputStream(Files.newOutputStream(fresh, StandardOpenOption.CREATE_NEW), BUFFER);
                path = fresh;
                file = open;
                memory.writeTo(open);
                memory.clear();
            }
            return open == null ? memory : open;
        }

        @Override
        public void write(int value) throws IOException {
            forMore(1).write(value);
        }

        @Override
        public void write(byte[] source, int from, int length) throws IOException {
            forMore(length).write(source, from, length);
        }

        @Override
        public void close() throws IOException {
            if (file != null) {
                file.close();
                folder.grown(bytes);
                file = null;
            }
        }
    }
}
