package io.laminar.testing.slt;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A file that cannot be read as .slt, or a case whose claim does not hold; the message begins with file and line. */
public final class SltException extends RuntimeException {

    public SltException(Path file, int line, String message) {
        super(file + ":" + line + ": " + message);
    }

    public SltException(Path file, int line, String message, Throwable cause) {
        super(file + ":" + line + ": " + message, cause);
    }

    private SltException(String message, Throwable first) {
        super(message, first);
    }

    /** One failure that says what all of them say. */
    static SltException all(List<SltException> failures) {
        String message = failures.stream().map(SltException::getMessage).collect(Collectors.joining("\n"));
        return new SltException(message, failures.get(0));
    }
}
