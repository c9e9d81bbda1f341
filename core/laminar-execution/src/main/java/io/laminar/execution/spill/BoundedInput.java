package io.laminar.execution.spill;

import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, up to a number of them; what is left of them can be skipped. */
final class BoundedInput extends InputStream {
    private final InputStream from;
    private long left;

    BoundedInput(InputStream from, long length) {
        this.from = from;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        if (left == 0) {
            return -1;
        }
        int value = from.read();
        left -= value < 0 ? 0 : 1;
        return value;
    }

    @Override
    public int read(byte[] target, int start, int length) throws IOException {
        if (left == 0) {
            return length == 0 ? 0 : -1;
        }
        int count = from.read(target, start, (int) Math.min(length, left));
        left -= Math.max(0, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        from.close();
    }

    /** Bytes that have not been read. */
    long left() {
        return left;
    }
}
