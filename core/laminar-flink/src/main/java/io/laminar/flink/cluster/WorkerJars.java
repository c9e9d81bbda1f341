package io.laminar.flink.cluster;

import java.nio.file.Path;
import java.util.List;

/**
 * The jars that workers need to run Laminar's jobs: those of this process without Flink itself, which every cluster has,
 * and without what only plans, serves or talks to people. A jar nobody thought of here is sent, which costs time and part
 * of what a cluster takes in one upload (100 MB unless told otherwise, {@code rest.server.max-content-length}).
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

    private static final List<String> PLATFORM = List.of(
            "HikariCP-",
            "flyway-",
            "geantyref-",
            "jakarta.",
            "javalin-",
            "jdbi3-",
            "jetty-",
            "jline-",
            "kotlin-stdlib-",
            "laminar-client-",
            "laminar-metadata-",
            "laminar-server-",
            "opentelemetry-",
            "prometheus-metrics-",
            "sqlite-jdbc-",
            "swagger-ui-");

    private WorkerJars() {}

    /** Empty if this process does not run from jars. */
    public static List<Path> ofThisProcess() {
        return BuildIdentity.ofThisProcess() == null
                ? List.of()
                : BuildIdentity.ClassPathJars.all().stream()
                        .filter(jar -> !begins(jar, FLINK) && !begins(jar, PLANNING) && !begins(jar, PLATFORM))
                        .toList();
    }

    private static boolean begins(Path jar, List<String> names) {
        String name = jar.getFileName().toString();
        return names.stream().anyMatch(name::startsWith);
    }
}
