package io.laminar.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** What the commands take that start a process of a cluster. */
final class FlinkSettings {
    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of Flink, for example heartbeat.timeout=60s. Overrides what Laminar chooses.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--log",
            paramLabel = "FILE",
            description = "Write the log to this file. Default: the error stream.")
    private java.nio.file.@org.jspecify.annotations.Nullable Path log;

    @Option(names = "--verbose", description = "Log what Flink does as well.")
    private boolean verbose;

    Map<String, String> settings() {
        return settings;
    }

    /** Must come before anything logs. */
    void beginLog() {
        LogFile.forProcess(log, verbose);
    }
}
