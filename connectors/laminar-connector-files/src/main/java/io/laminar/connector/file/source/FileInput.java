package io.laminar.connector.file.source;

import io.laminar.connector.storage.Storages;
import io.laminar.spi.format.RandomAccessInput;
import java.io.EOFException;
import java.io.IOException;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/** A file read from any position. */
final class FileInput implements RandomAccessInput {
    private final Path path;
    private final FSDataInputStream in;

    FileInput(Path path) throws IOException {
        this.path = path;
        this.in = path.getFileSystem().open(path);
    }

    @Override
    public long length() throws IOException {
        return path.getFileSystem().getFileStatus(path).getLen();
    }

    @Override
    public void readFully(long position, byte[] target, int offset, int count) throws IOException {
        in.seek(position);
        if (in.readNBytes(target, offset, count) < count) {
            throw new EOFException(name() + " ends before byte " + (position + count));
        }
    }

    @Override
    public String name() {
        return Storages.shown(path);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
