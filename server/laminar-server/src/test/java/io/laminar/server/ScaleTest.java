package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a server does with many pipelines and many clients. Times are printed, and asserted loosely: what they are on a
 * machine that does nothing else is in benchmarks/results.
 */
@Tag("slow")
class ScaleTest {
    private static final int STORED = 1000;
    private static final int CLIENTS = 50;
    private static final int CALLS = 100;
    private static final int BATCH = 20;
    private static final int BATCHES = 10;
    /** A machine of the tests has other work, too. */
    private static final int LOOSE = 20;

    @TempDir
    Path folder;

    private static String query(Path folder, String name) {
        return "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 20);"
                + "CREATE TABLE out (k BIGINT, n BIGINT) WITH (connector = 'single_file', path = '"
                + folder.resolve(name) + "', format = 'json');"
                + "INSERT INTO out SELECT k, count(*) FROM (SELECT counter % 10 AS k, tumble(INTERVAL '1 s') AS w"
                + " FROM ticks) GROUP BY k, w;";
    }

    private String create(Api api, String name, boolean start) {
        return api.post("/pipelines", Api.json(Map.of("name", name, "query", query(folder, name), "start", start)))
                .is(201)
                .json()
                .get("id")
                .asText();
    }

    private static void print(String what, Object figure) {
        System.out.println("FIGURE " + what + ": " + figure);
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 100.0;
    }

    private static String shares(long[] nanos) {
        Arrays.sort(nanos);
        return "p50 " + millis(nanos[nanos.length / 2]) + " ms, p99 " + millis(nanos[nanos.length * 99 / 100])
                + " ms, most " + millis(nanos[nanos.length - 1]) + " ms";
    }

    @Test
    void anEmptyServerStartsSoon() throws Exception {
        long[] times = new long[5];
        for (int i = 0; i < times.length; i++) {
            long began = System.nanoTime();
            try (ServerProcess server = ServerProcess.start(folder.resolve("empty" + i))) {
                assertEquals(
                        200, new Api(server.port(), server.token()).get("/ping").status());
                times[i] = System.nanoTime() - began;
                server.stop();
            }
        }
        Arrays.sort(times);
        print("process to first answer, empty store, median of 5", millis(times[2]) + " ms");
        assertTrue(times[2] < TimeUnit.SECONDS.toNanos(3L * LOOSE));
    }

    @Test
    void aPipelineRunsSoon() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            long[] times = new long[11];
            for (int i = 0; i < times.length; i++) {
                long began = System.nanoTime();
                String id = create(server.api(), "p" + i, true);
                server.api().awaitState(id, "Running");
                times[i] = System.nanoTime() - began;
                server.api()
                        .post("/pipelines/" + id + "/stop", "{\"mode\": \"immediate\"}")
                        .is(202);
                server.api().awaitState(id, "Stopped");
            }
            print("POST to Running, the first", millis(times[0]) + " ms");
            long[] later = Arrays.copyOfRange(times, 1, times.length);
            print("POST to Running, ten later ones", shares(later));
            assertTrue(later[5] < TimeUnit.MILLISECONDS.toNanos(1500L * LOOSE));
        }
    }

    @Test
    void manyClientsLookAtManyPipelines() throws Exception {
        try (ServerProcess server = ServerProcess.lasting(folder.resolve("data"))) {
            Api api = new Api(server.port(), server.token());
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < STORED; i++) {
                ids.add(create(api, "stored" + i, false));
            }
            Path file = Files.write(folder.resolve("ids"), ids);
            poll(server, file, CALLS, 0);
            for (int pause : new int[] {1000, 250, 0}) {
                long began = System.nanoTime();
                Map<String, long[]> times = poll(server, file, pause == 1000 ? 30 : CALLS, pause);
                long[] all =
                        times.values().stream().flatMapToLong(Arrays::stream).toArray();
                print(
                        CLIENTS + " clients, each " + (pause == 0 ? "without a pause" : "every " + pause + " ms"),
                        Math.round(all.length / ((System.nanoTime() - began) / 1e9)) + " calls/s, " + shares(all));
                times.forEach((path, one) -> print("  " + path, shares(one)));
                assertTrue(
                        pause == 0 || all[all.length * 99 / 100] < TimeUnit.MILLISECONDS.toNanos(50L * LOOSE),
                        "sorted above: " + all[all.length * 99 / 100]);
            }
            server.stop();
        }
    }

    /** Runs {@link PollingClients}: nanoseconds by kind of call. */
    private Map<String, long[]> poll(ServerProcess server, Path ids, int calls, int pause) throws Exception {
        List<String> command = ServerProcess.java(
                List.of("-Xmx200m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"), PollingClients.class);
        command.addAll(List.of(
                String.valueOf(server.port()),
                server.token(),
                ids.toString(),
                String.valueOf(CLIENTS),
                String.valueOf(calls),
                String.valueOf(pause)));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("calls").toFile())
                .start();
        assertEquals(0, process.waitFor());
        Map<String, List<Long>> all = new TreeMap<>();
        for (String line : Files.readAllLines(folder.resolve("calls"))) {
            String[] parts = line.split(" ");
            all.computeIfAbsent(parts[0], key -> new ArrayList<>()).add(Long.parseLong(parts[1]));
        }
        assertEquals(4, all.size(), all.keySet().toString());
        assertEquals(CLIENTS * calls, all.values().stream().mapToInt(List::size).sum());
        Map<String, long[]> result = new TreeMap<>();
        all.forEach((kind, times) ->
                result.put(kind, times.stream().mapToLong(Long::longValue).toArray()));
        return result;
    }

    @Test
    void twentyRunAtOnceAndTwoHundredOneAfterTheOther() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            Api api = server.api();
            List<String> made = new ArrayList<>();
            long heapAfterFirst = 0;
            int threadsAfterFirst = 0;
            for (int batch = 0; batch < BATCHES; batch++) {
                long began = System.nanoTime();
                List<String> ids = new ArrayList<>();
                for (int i = 0; i < BATCH; i++) {
                    ids.add(create(api, "p" + batch + "_" + i, true));
                }
                ids.forEach(id -> api.awaitState(id, "Running"));
                long running = System.nanoTime();
                ids.forEach(id -> api.await(
                        "/jobs/"
                                + api.get("/pipelines/" + id)
                                        .json()
                                        .get("job_id")
                                        .asText() + "/metrics",
                        json -> json.at("/total/rows_out").asLong() > 0));
                assertEquals(
                        BATCH,
                        api.get("/jobs?state=Running&limit=100")
                                .json()
                                .get("data")
                                .size());
                long used = used();
                long stopping = System.nanoTime();
                ids.forEach(id -> api.post("/pipelines/" + id + "/stop", "{}").is(202));
                ids.forEach(id -> api.awaitState(id, "Stopped"));
                print(
                        "batch " + batch + ", " + BATCH + " pipelines",
                        "POST of all to all Running " + millis(running - began) + " ms, stop with savepoints "
                                + millis(System.nanoTime() - stopping) + " ms, heap while they run " + used
                                + " MB, after " + used() + " MB, threads after " + Thread.activeCount());
                made.addAll(ids);
                if (batch == 2) {
                    heapAfterFirst = used();
                    threadsAfterFirst = Thread.activeCount();
                }
            }
            int listed = 0;
            String after = "";
            boolean more = true;
            while (more) {
                JsonNode page = api.get("/pipelines?limit=100&starting_after=" + after)
                        .is(200)
                        .json();
                listed += page.get("data").size();
                after = page.get("data")
                        .get(page.get("data").size() - 1)
                        .get("id")
                        .asText();
                more = page.get("has_more").asBoolean();
            }
            assertEquals(BATCH * BATCHES, listed);
            // What is known of the last fifty jobs stays; more than that must not grow.
            long heap = used();
            assertTrue(heap < heapAfterFirst * 2 + 50, heapAfterFirst + " MB, then " + heap + " MB");
            assertTrue(
                    Thread.activeCount() < threadsAfterFirst * 2 + 20,
                    threadsAfterFirst + " threads, then " + Thread.activeCount());
            made.forEach(id -> api.delete("/pipelines/" + id).is(204));
        }
    }

    /** Megabytes of the heap that are reachable. */
    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    }
}
