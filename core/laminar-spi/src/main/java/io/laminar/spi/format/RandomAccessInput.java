package io.laminar.spi.format;

import java.io.Closeable;
import java.io.IOException;

/** The bytes of a file at any position. */
public interface RandomAccessInput extends Closeable {

    long length() throws IOException;

    /** Reads {@code count} bytes at {@code position} of the file into {@code target[offset..)}. */
    void readFully(long position, byte[] target, int offset, int count) throws IOException;

    /** Names the file in messages. */
    String name();
}
