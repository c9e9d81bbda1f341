package io.laminar.connector.file.sink;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter.ResumeRecoverable;

/** Writes a part file under its hidden name. */
final class PartFileStream extends RecoverableFsDataOutputStream {
    private final Path target;
    private final Path hidden;
    private final FileChannel channel;
    private final OutputStream out;

    PartFileStream(Path target, Path hidden) throws IOException {
        this.target = target;
        this.hidden = hidden;
        channel = FileChannel.open(hidden, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        out = Channels.newOutputStream(channel);
    }

    /** A stream behind a copy of what a checkpoint has of a file. */
    static PartFileStream copyOf(PartFile file, Path hidden) throws IOException {
        PartFileStream stream = new PartFileStream(file.target(), hidden);
        try {
            stream.copy(file);
            return stream;
        } catch (IOException | RuntimeException failed) {
            stream.close();
            Files.deleteIfExists(hidden);
            throw failed;
        }
    }

    private void copy(PartFile file) throws IOException {
        try (FileChannel saved = FileChannel.open(file.hidden(), StandardOpenOption.READ)) {
            long copied = 0;
            while (copied < file.length()) {
                long count = saved.transferTo(copied, file.length() - copied, channel);
                if (count == 0) {
                    throw new IOException(file.hidden() + " has " + copied + " bytes, the saved state goes on after "
                            + file.length());
                }
                copied += count;
            }
        }
    }

    @Override
    public void write(int b) throws IOException {
        out.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
    }

    @Override
    public void flush() {
        // Every write goes to the file at once.
    }

    @Override
    public void sync() throws IOException {
        channel.force(true);
    }

    @Override
    public long getPos() throws IOException {
        return channel.position();
    }

    private PartFile saved() throws IOException {
        sync();
        return new PartFile(target, hidden, getPos());
    }

    @Override
    public ResumeRecoverable persist() throws IOException {
        return saved();
    }

    @Override
    public Committer closeForCommit() throws IOException {
        PartFile file = saved();
        close();
        return new PartFileCommitter(file);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
