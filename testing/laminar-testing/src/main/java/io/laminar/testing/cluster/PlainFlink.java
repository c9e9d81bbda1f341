package io.laminar.testing.cluster;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.rpc.pekko.PekkoRpcSystemLoader;

/**
 * A cluster of Flink's own processes, started from Flink's jars alone: what any Flink cluster is to Laminar. Its settings
 * are Flink's defaults, but for memory and ports.
 */
public final class PlainFlink implements AutoCloseable {
    /** What Flink's distribution has of the jars that Laminar is built with. */
    private static final String[] JARS = {
        "flink-",
        "kryo",
        "minlog",
        "objenesis",
        "reflectasm",
        "slf4j",
        "log4j",
        "commons-cli",
        "commons-lang3",
        "commons-text",
        "commons-math3",
        "commons-compress",
        "commons-collections",
        "commons-io",
        "commons-codec",
        "snakeyaml-engine",
        "javassist",
        "snappy",
        "lz4",
        "zstd-jni",
        "jsr305",
        "asm",
        "jakarta",
        "async-profiler"
    };

    private static final int HEAP = 200;

    private final int port = LaminarCluster.freePort();
    private final int restPort = LaminarCluster.freePort();
    private final List<ChildProcess> processes = new ArrayList<>();

    private PlainFlink() {}

    /** Starts a JobManager and a TaskManager, and waits until they know each other. */
    public static PlainFlink start(Distribution distribution, Path folder, int slots) {
        PlainFlink flink = new PlainFlink();
        try {
            flink.write(folder, slots);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String classPath = distribution.classPath(JARS) + File.pathSeparator + rpcLoader();
        String entry = "org.apache.flink.runtime.";
        flink.launch(folder, "jobmanager", classPath, entry + "entrypoint.StandaloneSessionClusterEntrypoint");
        flink.launch(folder, "taskmanager", classPath, entry + "taskexecutor.TaskManagerRunner");
        flink.processes.get(1).await("slots", () -> flink.overview().contains("\"slots-total\":" + slots));
        return flink;
    }

    /** Which Laminar's distribution does not have: it has unpacked what this unpacks. */
    private static String rpcLoader() {
        return PekkoRpcSystemLoader.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath();
    }

    private void write(Path folder, int slots) throws IOException {
        Files.createDirectories(folder.resolve("conf"));
        Files.writeString(folder.resolve("conf/config.yaml"), """
                jobmanager.rpc.address: localhost
                jobmanager.rpc.port: %d
                rest.address: localhost
                rest.port: %d
                rest.bind-port: %d
                taskmanager.host: localhost
                taskmanager.numberOfTaskSlots: %d
                taskmanager.cpu.cores: 1.0
                taskmanager.memory.framework.heap.size: 64m
                taskmanager.memory.task.heap.size: 128m
                taskmanager.memory.framework.off-heap.size: 64m
                taskmanager.memory.task.off-heap.size: 0m
                taskmanager.memory.managed.size: 4m
                taskmanager.memory.network.min: 32m
                taskmanager.memory.network.max: 32m
                taskmanager.memory.jvm-metaspace.size: 128m
                taskmanager.memory.jvm-overhead.min: 64m
                taskmanager.memory.jvm-overhead.max: 64m
                io.tmp.dirs: %s
                """.formatted(port, restPort, restPort, slots, folder));
    }

    private void launch(Path folder, String name, String classPath, String main) {
        List<String> command = new ArrayList<>(Distribution.java(HEAP));
        command.addAll(List.of(
                "-cp", classPath, main, "--configDir", folder.resolve("conf").toString()));
        if (name.equals("jobmanager")) {
            command.addAll(List.of("--executionMode", "cluster"));
        }
        processes.add(ChildProcess.start(name, folder, command));
    }

    private String overview() {
        try {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(url() + "/overview")).build();
            return HttpClient.newHttpClient()
                    .send(request, HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://localhost:" + restPort;
    }

    /** What both processes have said, for a failed test. */
    public String logs() {
        StringBuilder all = new StringBuilder();
        processes.forEach(process -> all.append(process.out()).append(process.err()));
        return all.toString();
    }

    @Override
    public void close() {
        processes.forEach(ChildProcess::close);
    }
}
