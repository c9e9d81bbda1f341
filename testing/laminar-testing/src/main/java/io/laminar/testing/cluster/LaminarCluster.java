package io.laminar.testing.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A coordinator and workers as processes of their own, with little memory each. Logs are in the folder. */
public final class LaminarCluster implements AutoCloseable {
    private static final int CLIENT_HEAP = 200;
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private final Distribution distribution;
    private final Path folder;
    private final int port;
    private final int restPort;
    private final Size size;
    private final List<String> options;
    private final HttpClient http = HttpClient.newHttpClient();
    private final List<ChildProcess> workers = new ArrayList<>();
    private ChildProcess coordinator;
    private int started;

    /**
     * What each of its processes may take.
     *
     * @param heap of the JVM, in MB
     * @param memory what the process is told it has
     */
    public record Size(int heap, String memory) {
        public static final Size SMALL = new Size(200, "512m");
    }

    private LaminarCluster(Distribution distribution, Path folder, Size size, List<String> options) {
        this.distribution = distribution;
        this.folder = folder;
        this.size = size;
        this.port = freePort();
        this.restPort = freePort();
        this.options = List.copyOf(options);
        this.coordinator = startCoordinator();
    }

    /**
     * Starts a coordinator, and does not wait for it.
     *
     * @param folder for logs
     * @param options of the coordinator besides its ports
     */
    public static LaminarCluster start(Distribution distribution, Path folder, String... options) {
        return start(distribution, folder, Size.SMALL, List.of(options));
    }

    /** The same with processes of another size. */
    public static LaminarCluster start(Distribution distribution, Path folder, Size size, List<String> options) {
        return new LaminarCluster(distribution, folder, size, options);
    }

    /** A port that nobody listens at. */
    public static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ChildProcess startCoordinator() {
        List<String> arguments = new ArrayList<>(List.of(
                "coordinator",
                "--port",
                String.valueOf(port),
                "--rest-port",
                String.valueOf(restPort),
                "--memory",
                size.memory()));
        arguments.addAll(options);
        return process("coordinator", arguments);
    }

    private ChildProcess process(String name, List<String> arguments) {
        started++;
        return ChildProcess.start(
                name + "-" + started, folder, distribution.laminar(size.heap(), arguments.toArray(String[]::new)));
    }

    /** Starts workers with a number of slots each and waits until they have joined. */
    public LaminarCluster withWorkers(int count, int slots) {
        List<ChildProcess> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(addWorker(slots));
        }
        added.forEach(worker -> worker.awaitErr("joined "));
        return this;
    }

    /**
     * Starts a worker, and does not wait for it.
     *
     * @param others addresses of further coordinators
     */
    public ChildProcess addWorker(int slots, String... others) {
        String join = address() + (others.length == 0 ? "" : "," + String.join(",", others));
        ChildProcess worker = process(
                "worker",
                List.of("worker", "--join", join, "--slots", String.valueOf(slots), "--memory", size.memory()));
        workers.add(worker);
        return worker;
    }

    /** {@code host:port} of the coordinator's REST address. */
    public String address() {
        return "localhost:" + restPort;
    }

    public String url() {
        return "http://" + address();
    }

    /** Where the coordinator's workers find it. */
    public int port() {
        return port;
    }

    public int restPort() {
        return restPort;
    }

    public ChildProcess coordinator() {
        return coordinator;
    }

    /** All workers that were started, also those that have ended. */
    public List<ChildProcess> workers() {
        return List.copyOf(workers);
    }

    /** Starts a coordinator anew at the same ports, after the one before has ended. */
    public ChildProcess restartCoordinator() {
        coordinator = startCoordinator();
        return coordinator;
    }

    /** Runs the {@code laminar} command against this or no cluster; the folder is where it runs. */
    public ChildProcess laminar(Path where, String... arguments) {
        started++;
        return ChildProcess.start("laminar-" + started, where, distribution.laminar(CLIENT_HEAP, arguments));
    }

    /** What the coordinator answers to a GET; empty if it does not answer. */
    public String get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url() + path))
                    .timeout(ANSWER)
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Slots of all workers that have joined; -1 if the coordinator does not answer. */
    public int slots() {
        return number("/overview", "slots-total");
    }

    public int freeSlots() {
        return number("/overview", "slots-available");
    }

    /** A number in an answer; -1 if it is not there. */
    public int number(String path, String key) {
        Matcher found = Pattern.compile("\"" + key + "\":(-?\\d+)").matcher(get(path));
        return found.find() ? Integer.parseInt(found.group(1)) : -1;
    }

    /** Flink's word for the state of a job, for example RUNNING; empty if it is not known. */
    public String state(String job) {
        Matcher found = Pattern.compile("\"state\":\"(\\w+)\"").matcher(get("/jobs/" + job));
        return found.find() ? found.group(1) : "";
    }

    /** Subtasks of a job that run. */
    public int runningSubtasks(String job) {
        Matcher vertices =
                Pattern.compile("\"tasks\":\\{[^}]*\"RUNNING\":(\\d+)").matcher(get("/jobs/" + job));
        int most = 0;
        while (vertices.find()) {
            most = Math.max(most, Integer.parseInt(vertices.group(1)));
        }
        return most;
    }

    /** Checkpoints of a job that are complete; -1 if the coordinator does not say. */
    public int checkpoints(String job) {
        return number("/jobs/" + job + "/checkpoints", "completed");
    }

    /** What all processes have said, for a failed test. */
    public String logs() {
        StringBuilder all = new StringBuilder(coordinator.name() + ":\n" + coordinator.err());
        workers.forEach(worker -> all.append(worker.name()).append(":\n").append(worker.err()));
        return all.toString();
    }

    @Override
    public void close() {
        workers.forEach(ChildProcess::close);
        coordinator.close();
    }
}
