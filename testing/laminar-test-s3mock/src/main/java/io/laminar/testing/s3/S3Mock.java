package io.laminar.testing.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Adobe's S3Mock in a JVM of its own: the S3 API over files of a folder. It takes every access key. */
public final class S3Mock implements AutoCloseable {
    private static final Duration START_DEADLINE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Path folder;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;

    private S3Mock(Path folder, int port) {
        this.folder = folder;
        this.port = port;
    }

    /**
     * Starts a store on a free port and waits until it answers.
     *
     * @param folder where it keeps its objects
     */
    public static S3Mock start(Path folder) {
        S3Mock store = new S3Mock(folder, freePort());
        store.start();
        return store;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Starts it again after {@link #stop}, with the objects it had. */
    public void start() {
        try {
            Files.createDirectories(folder);
            Path log = folder.resolveSibling(folder.getFileName() + ".log");
            Process started = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            classPath(),
                            "com.adobe.testing.s3mock.S3MockApplication",
                            "--http.port=" + port,
                            "--server.port=0",
                            "--com.adobe.testing.s3mock.store.root=" + folder,
                            "--com.adobe.testing.s3mock.store.retainFilesOnExit=true"))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            process = started;
            long deadline = System.nanoTime() + START_DEADLINE.toNanos();
            while (!answers()) {
                if (!started.isAlive() || System.nanoTime() > deadline) {
                    stop();
                    throw new IllegalStateException("the object store does not start:\n" + Files.readString(log));
                }
                LockSupport.parkNanos(POLL.toNanos());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String classPath() throws IOException {
        try (InputStream in = Objects.requireNonNull(S3Mock.class.getResourceAsStream("s3mock.classpath"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        }
    }

    private boolean answers() {
        try {
            return send("GET", "/") == 200;
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    private int send(String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }

    /** The URL that {@code storage.endpoint} takes. */
    public String endpoint() {
        return "http://127.0.0.1:" + port;
    }

    public void createBucket(String name) {
        int status = send("PUT", "/" + name);
        if (status != 200) {
            throw new IllegalStateException("the object store answers " + status);
        }
    }

    /** Ends the process; the objects stay. */
    public void stop() {
        Process running = process;
        process = null;
        if (running == null) {
            return;
        }
        running.destroyForcibly();
        try {
            running.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
