package io.laminar.testing.slt;

import java.nio.file.Path;

/** A file that cannot be read as .slt, or a case whose claim does not hold; the message begins with file and line. */
public final class SltException extends RuntimeException {

    public SltException(Path file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }

    public SltException(Path file, int line, String message, Throwable cause) {
        super(file + ":" + line + ": " + message, cause);
    }
}
