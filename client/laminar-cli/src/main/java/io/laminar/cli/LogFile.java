package io.laminar.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the program's own log goes. The file is only made when there is something to write. */
final class LogFile {
    private static final String PROPERTY = "laminar.log";

    private LogFile() {}

    /** Must come before anything logs. A state folder of this machine has the log in it. */
    static void choose(@Nullable String stateFolder) {
        boolean local = stateFolder != null && !stateFolder.contains("://");
        Path folder = Path.of(local ? stateFolder : System.getProperty("java.io.tmpdir"));
        String name =
                local ? "laminar.log" : "laminar-" + ProcessHandle.current().pid() + ".log";
        System.setProperty(PROPERTY, folder.resolve(name).toString());
    }

    /**
     * The log of a process that runs for long. Must come before anything logs.
     *
     * @param file null for the error stream
     * @param verbose with everything Flink says of itself
     */
    static void forProcess(@Nullable Path file, boolean verbose) {
        System.setProperty("log4j2.configurationFile", "log4j2-process.properties");
        System.setProperty("laminar.log.level", verbose ? "info" : "warn");
        System.setProperty("laminar.log.target", file == null ? "stderr" : "file");
        System.setProperty(
                PROPERTY, file == null ? "/dev/null" : file.toAbsolutePath().toString());
    }

    /** The log of a server. Must come before anything logs. */
    static void forServer(Path dataFolder) {
        // What threads of connectors say belongs to the job that started them.
        System.setProperty("log4j2.isThreadContextMapInheritable", "true");
        forProcess(dataFolder.resolve("logs").resolve("laminar.log"), false);
    }

    /** Words that name the file if there is one. */
    static String mention() {
        String file = System.getProperty(PROPERTY);
        return file != null && Files.isRegularFile(Path.of(file)) ? "; log: " + file : "";
    }
}
