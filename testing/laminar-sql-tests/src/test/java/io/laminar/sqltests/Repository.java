package io.laminar.sqltests;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this repository lies. */
public final class Repository {

    private Repository() {}

    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
