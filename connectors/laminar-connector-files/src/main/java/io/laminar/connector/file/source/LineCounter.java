package io.laminar.connector.file.source;

import java.io.IOException;
import java.io.InputStream;

/**
 * Numbers of the lines at given offsets of a file. Reading does not count lines, as almost nobody asks; who does pays
 * for reading the file once more up to there, and only once for growing offsets.
 */
final class LineCounter {
    private static final int CHUNK = 64 << 10;

    /** Opens the file's content at an offset. */
    @FunctionalInterface
    interface Opener {
        InputStream open(long offset) throws IOException;
    }

    private final Opener opener;
    private long counted;
    private long line = 1;

    LineCounter(Opener opener) {
        this.opener = opener;
    }

    /** The one-based number of the line that the byte at an offset is in. */
    long lineAt(long offset) throws IOException {
        if (offset < counted) {
            counted = 0;
            line = 1;
        }
        try (InputStream in = opener.open(counted)) {
            byte[] chunk = new byte[CHUNK];
            while (counted < offset) {
                int read = in.read(chunk, 0, (int) Math.min(chunk.length, offset - counted));
                if (read < 0) {
                    break;
                }
                for (int i = 0; i < read; i++) {
                    line += chunk[i] == '\n' ? 1 : 0;
                }
                counted += read;
            }
        }
        return line;
    }
}
