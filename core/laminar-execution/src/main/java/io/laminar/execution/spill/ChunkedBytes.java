package io.laminar.execution.spill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Bytes that are appended and read back, in pieces that are never copied. */
final class ChunkedBytes extends OutputStream {
    private static final int FIRST = 1 << 10;
    private static final int MOST = 1 << 16;

    private final List<byte[]> full = new ArrayList<>();
    private byte[] last = new byte[0];
    private int used;
    private long fullBytes;

    @Override
    public void write(int value) {
        if (used == last.length) {
            next();
        }
        last[used++] = (byte) value;
    }

    @Override
    public void write(byte[] source, int from, int length) {
        int at = from;
        int left = length;
        while (left > 0) {
            if (used == last.length) {
                next();
            }
            int count = Math.min(left, last.length - used);
            System.arraycopy(source, at, last, used, count);
            used += count;
            at += count;
            left -= count;
        }
    }

    private void next() {
        if (last.length > 0) {
            full.add(last);
            fullBytes += last.length;
        }
        last = new byte[last.length == 0 ? FIRST : Math.min(MOST, last.length * 2)];
        used = 0;
    }

    /** Bytes written. */
    long length() {
        return fullBytes + used;
    }

    /** Heap that they take. */
    long heap() {
        return fullBytes + last.length;
    }

    void writeTo(OutputStream out) throws IOException {
        for (byte[] chunk : full) {
            out.write(chunk, 0, chunk.length);
        }
        out.write(last, 0, used);
    }

    void clear() {
        full.clear();
        fullBytes = 0;
        last = new byte[0];
        used = 0;
    }

    /** What has been written so far. */
    InputStream read() {
        List<byte[]> chunks = new ArrayList<>(full);
        chunks.add(last);
        int lastLength = used;
        return new InputStream() {
            private int chunk;
            private int at;

            private boolean more() {
                while (chunk < chunks.size() && at == length()) {
                    chunk++;
                    at = 0;
                }
                return chunk < chunks.size();
            }

            private int length() {
                return chunk == chunks.size() - 1 ? lastLength : chunks.get(chunk).length;
            }

            @Override
            public int read() {
                return more() ? chunks.get(chunk)[at++] & 0xFF : -1;
            }

            @Override
            public int read(byte[] target, int start, int length) {
                if (length == 0) {
                    return 0;
                }
                if (!more()) {
                    return -1;
                }
                int count = Math.min(length, length() - at);
                System.arraycopy(chunks.get(chunk), at, target, start, count);
                at += count;
                return count;
            }
        };
    }
}
