package io.laminar.execution.snapshot;

import java.io.IOException;

/** How sections are made smaller before they are written. May be used by several threads. */
public interface Compression {
    /** Leaves bytes as they are. */
    Compression NONE = new Compression() {
        @Override
        public int bound(int length) {
            return length;
        }

        @Override
        public int compress(byte[] from, int length, byte[] to) {
            System.arraycopy(from, 0, to, 0, length);
            return length;
        }

        @Override
        public void decompress(byte[] from, int start, int length, byte[] to) {
            System.arraycopy(from, start, to, 0, length);
        }
    };

    /** The most bytes that {@code length} bytes can become. */
    int bound(int length);

    /** Compresses the first bytes of an array into another and returns how many bytes they have become. */
    int compress(byte[] from, int length, byte[] to);

    /** Undoes {@link #compress}; {@code to} is as long as what was compressed. */
    void decompress(byte[] from, int start, int length, byte[] to) throws IOException;
}
