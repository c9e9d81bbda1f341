package io.laminar.flink.runtime;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Says in words what java.nio says with the type of an exception. */
final class Problem {

    private Problem() {}

    static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException) {
            return "there is a file of that name";
        } else if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        return String.valueOf(e.getMessage());
    }
}
