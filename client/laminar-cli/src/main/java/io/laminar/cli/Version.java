package io.laminar.cli;

import io.laminar.flink.runtime.JobRuntime;
import picocli.CommandLine;

/** The version from the jar's manifest. */
final class Version implements CommandLine.IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {
            "laminar " + of(Version.class),
            "Java " + System.getProperty("java.version") + ", Flink " + JobRuntime.flinkVersion()
        };
    }

    static String of(Class<?> type) {
        String version = type.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
