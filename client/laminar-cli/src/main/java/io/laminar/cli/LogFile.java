package io.laminar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the program's own log goes. The file is only made when there is something to write. */
final class LogFile {
    private static final String PROPERTY = "laminar.log";

    private LogFile() {}

    /** Must come before anything logs. */
    static void choose(@Nullable Path stateFolder) {
        Path folder = stateFolder == null ? Path.of(System.getProperty("java.io.tmpdir")) : stateFolder;
        String name = stateFolder == null ? "laminar-" + ProcessHandle.current().pid() + ".log" : "laminar.log";
        System.setProperty(PROPERTY, folder.resolve(name).toString());
    }

    /** Words that name the file if there is one. */
    static String mention() {
        String file = System.getProperty(PROPERTY);
        return file != null && Files.exists(Path.of(file)) ? "; log: " + file : "";
    }
}
