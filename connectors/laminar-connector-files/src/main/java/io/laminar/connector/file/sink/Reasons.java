package io.laminar.connector.file.sink;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What input and output errors mean in plain words; Java's own messages are often only a path. */
public final class Reasons {

    private Reasons() {}

    public static String of(IOException cause) {
        if (cause instanceof AccessDeniedException denied && denied.getReason() == null) {
            return "permission denied";
        }
        if (cause instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
            return fileSystem.getReason();
        }
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
