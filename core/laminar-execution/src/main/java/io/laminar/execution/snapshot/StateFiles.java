package io.laminar.execution.snapshot;

import java.io.IOException;
import java.io.OutputStream;

/** Where files of state lie. */
public interface StateFiles {

    /** A file that is written; used by one thread. */
    interface Output extends AutoCloseable {
        OutputStream stream();

        /** Makes the file stay; without it, {@link #close} leaves nothing behind. */
        void keep() throws IOException;

        @Override
        void close() throws IOException;
    }

    /** A file that is read; used by one thread. */
    interface Input extends AutoCloseable {
        /** Reads bytes from a place of the file. */
        void read(long position, byte[] to, int length) throws IOException;

        @Override
        void close() throws IOException;
    }

    /** Begins a file. */
    Output create(String name) throws IOException;

    /** Opens a file of an index. */
    Input open(String name) throws IOException;
}
