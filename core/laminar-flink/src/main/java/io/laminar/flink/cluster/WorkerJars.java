package io.laminar.flink.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * The jars that workers need to run Laminar's jobs: those of this process without Flink itself, which every cluster has,
 * and without what only plans or talks to people. A jar nobody thought of here is sent, which costs time but is never
 * wrong.
 */
public final class WorkerJars {
    private static final List<String> FLINK = List.of(
            "flink-annotations-",
            "flink-clients-",
            "flink-core-",
            "flink-datastream-",
            "flink-metrics-",
            "flink-rpc-",
            "flink-runtime-",
            "flink-shaded-",
            "flink-streaming-java-",
            "kryo-",
            "log4j-",
            "minlog-",
            "objenesis-",
            "reflectasm-",
            "slf4j-");

    private static final List<String> PLANNING = List.of(
            "aggdesigner-",
            "avatica-",
            "calcite-",
            "httpclient5-",
            "httpcore5-",
            "jts-",
            "laminar-cli-",
            "picocli-",
            "proj4j-",
            "sketches-core-",
            "uzaygezen-");

    private WorkerJars() {}

    /** Empty if this process does not run from jars. */
    public static List<Path> ofThisProcess() {
        return BuildIdentity.ofThisProcess() == null
                ? List.of()
                : BuildIdentity.ClassPathJars.all().stream()
                        .filter(jar -> !begins(jar, FLINK) && !begins(jar, PLANNING))
                        .toList();
    }

    private static boolean begins(Path jar, List<String> names) {
        String name = jar.getFileName().toString();
        return names.stream().anyMatch(name::startsWith);
    }
}
