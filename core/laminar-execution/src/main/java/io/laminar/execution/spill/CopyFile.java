package io.laminar.execution.spill;

import io.laminar.execution.snapshot.Overflow;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Copied rows on local disk, in one file that is made when the first come. */
final class CopyFile implements Overflow {
    private final SpillFolder folder;
    private final Path path;
    private @Nullable RandomAccessFile file;
    private boolean closed;
    private long length;

    /** Called by the operator's thread. */
    CopyFile(SpillFolder folder) {
        this.folder = folder;
        this.path = folder.next();
    }

    @Override
    public synchronized long append(byte[] bytes, int count) throws IOException {
        RandomAccessFile to = open();
        long start = length;
        to.seek(start);
        to.write(bytes, 0, count);
        length += count;
        folder.grown(count);
        return start;
    }

    @Override
    public synchronized byte[] read(long from, int count) throws IOException {
        RandomAccessFile of = open();
        byte[] bytes = new byte[count];
        of.seek(from);
        of.readFully(bytes);
        return bytes;
    }

    private RandomAccessFile open() throws IOException {
        if (closed) {
            throw new IOException("the file of copied state is closed");
        }
        RandomAccessFile known = file;
        if (known == null) {
            known = new RandomAccessFile(path.toFile(), "rw");
            file = known;
        }
        return known;
    }

    @Override
    public LaminarException failed(IOException reason) {
        return folder.unwritable(reason);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (file == null) {
            return;
        }
        try {
            file.close();
        } catch (IOException e) {
            throw folder.unreadable(e);
        } finally {
            file = null;
            folder.delete(path, length);
        }
    }
}
