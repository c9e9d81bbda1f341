package io.laminar.format.parquet;

import io.laminar.spi.format.RandomAccessInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** A file as Parquet's library wants to see it. */
record InputStreams(RandomAccessInput input) implements InputFile {

    @Override
    public long getLength() throws IOException {
        return input.length();
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        return new Stream(new Positioned(input));
    }

    /** Adds the forms of reading that only rest on others. */
    private static final class Stream extends DelegatingSeekableInputStream {
        private final Positioned positioned;

        Stream(Positioned positioned) {
            super(positioned);
            this.positioned = positioned;
        }

        @Override
        public long getPos() {
            return positioned.position;
        }

        @Override
        public void seek(long position) {
            positioned.position = position;
        }

        @Override
        public void readFully(ByteBuffer target) throws IOException {
            if (!target.hasArray()) {
                super.readFully(target);
                return;
            }
            int count = target.remaining();
            positioned.readFully(target.array(), target.arrayOffset() + target.position(), count);
            target.position(target.limit());
        }
    }

    /** Bytes from a position on. */
    private static final class Positioned extends java.io.InputStream {
        private final RandomAccessInput input;
        private final long length;
        private long position;

        Positioned(RandomAccessInput input) throws IOException {
            this.input = input;
            this.length = input.length();
        }

        void readFully(byte[] target, int offset, int count) throws IOException {
            input.readFully(position, target, offset, count);
            position += count;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            int available = (int) Math.min(count, length - position);
            if (available <= 0) {
                return count == 0 ? 0 : -1;
            }
            readFully(target, offset, available);
            return available;
        }
    }
}
