package io.laminar.benchmark.state;

import io.laminar.execution.snapshot.StateFiles;
import java.io.EOFException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Files of state in a folder that somebody else deletes; counts what is written. */
final class FilesOnDisk implements StateFiles {
    private final Path folder;
    private final AtomicLong bytes = new AtomicLong();

    FilesOnDisk(Path folder) {
        this.folder = folder;
    }

    /** Bytes written since the last call. */
    long count() {
        return bytes.getAndSet(0);
    }

    @Override
    public Output create(String name) throws IOException {
        OutputStream counted = new FilterOutputStream(Files.newOutputStream(folder.resolve(name))) {
            @Override
            public void write(byte[] from, int start, int length) throws IOException {
                out.write(from, start, length);
                bytes.addAndGet(length);
            }

            @Override
            public void write(int one) throws IOException {
                out.write(one);
                bytes.incrementAndGet();
            }
        };
        return new Output() {
            @Override
            public OutputStream stream() {
                return counted;
            }

            @Override
            public void keep() throws IOException {
                counted.flush();
            }

            @Override
            public void close() throws IOException {
                counted.close();
            }
        };
    }

    @Override
    public Input open(String name) throws IOException {
        FileChannel file = FileChannel.open(folder.resolve(name));
        return new Input() {
            @Override
            public void read(long position, byte[] to, int length) throws IOException {
                ByteBuffer target = ByteBuffer.wrap(to, 0, length);
                while (target.hasRemaining()) {
                    if (file.read(target, position + target.position()) < 0) {
                        throw new EOFException(name);
                    }
                }
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }
}
