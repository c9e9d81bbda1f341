package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Previews of queries, as streams of events. */
class PreviewTest {
    private static final int MOST_AT_ONCE = 10;
    private static final String TICKS =
            "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 1000);";

    @TempDir
    static Path folder;

    private static TestServer server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder.resolve("data"));
        api = server.api();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private record Event(String name, JsonNode data) {}

    /** All events of a preview that ends by itself. */
    private static List<Event> preview(String query, Map<String, Object> more) {
        List<Event> events = new ArrayList<>();
        api.events("POST", "/pipelines/preview", body(query, more), (name, data) -> {
            events.add(new Event(name, data));
            return false;
        });
        return events;
    }

    private static String body(String query, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("query", query);
        return Api.json(body);
    }

    private static List<String> rows(List<Event> events) {
        return events.stream()
                .filter(event -> event.name().equals("row"))
                .map(event -> event.data().get("values").toString())
                .toList();
    }

    private static Event last(List<Event> events) {
        return events.get(events.size() - 1);
    }

    @Test
    void aFinitePreviewFinishes() {
        List<Event> events = preview("SELECT * FROM (VALUES (1, 'a'), (2, NULL)) AS t(x, y);", Map.of());
        assertEquals("table", events.get(0).name());
        assertEquals(List.of("x", "y"), events.get(0).data().get("columns").findValuesAsText("name"));
        assertEquals(List.of("[1,\"a\"]", "[2,null]"), rows(events));
        assertEquals("end", last(events).name());
        assertEquals("finished", last(events).data().get("reason").asText());
        assertEquals(2, last(events).data().get("rows").asInt());
    }

    @Test
    void anEndlessPreviewEndsWithItsRowsOrItsTime() {
        List<Event> limited = preview(TICKS + "SELECT counter FROM ticks;", Map.of("limit", 25));
        assertEquals(25, rows(limited).size());
        assertEquals("limit", last(limited).data().get("reason").asText());
        List<Event> timed = preview(TICKS + "SELECT counter FROM ticks WHERE counter < 3;", Map.of("seconds", 2));
        assertEquals(3, rows(timed).size());
        assertEquals("time", last(timed).data().get("reason").asText());
    }

    @Test
    void theFirstRowComesSoon() {
        preview(TICKS + "SELECT counter FROM ticks;", Map.of("limit", 1));
        long began = System.nanoTime();
        long[] first = new long[1];
        api.events(
                "POST",
                "/pipelines/preview",
                body(TICKS + "SELECT counter * 2 FROM ticks;", Map.of()),
                (name, data) -> {
                    first[0] = System.nanoTime();
                    return name.equals("row");
                });
        long millis = TimeUnit.NANOSECONDS.toMillis(first[0] - began);
        System.out.println("first row of a preview after " + millis + " ms");
        // Less than a second on a machine that does nothing else.
        assertTrue(millis < 10_000, millis + " ms");
    }

    @Test
    void sinksAreOffUnlessTheyAreWanted() throws IOException {
        Path file = folder.resolve("written");
        String query = "CREATE TABLE written (x INT) WITH (connector = 'single_file', path = '" + file
                + "', format = 'json'); INSERT INTO written VALUES (7);";
        List<Event> off = preview(query, Map.of());
        assertEquals(List.of("[7]"), rows(off));
        assertFalse(Files.exists(file));
        List<Event> on = preview(query, Map.of("enable_sinks", true));
        assertEquals("end", last(on).name(), on.toString());
        assertEquals("{\"x\":7}", Files.readString(file).strip());
    }

    @Test
    void whatGoesWrongIsAnEvent() throws IOException {
        Files.writeString(folder.resolve("bad.json"), "{\"x\": 1}\n{\"x\": \"one\"}\n");
        List<Event> events = preview(
                "CREATE TABLE bad (x INT) WITH (connector = 'single_file', path = '" + folder.resolve("bad.json")
                        + "', format = 'json'); SELECT x FROM bad;",
                Map.of());
        assertEquals("error", last(events).name());
        assertEquals("LAM-5001", last(events).data().at("/error/code").asText());
        // What is wrong with the query itself is told before anything runs.
        Api.Answer refused = api.post("/pipelines/preview", body("SELECT nothing FROM nowhere;", Map.of()))
                .is(422);
        assertEquals("LAM-2001", refused.code());
        assertEquals(
                400,
                api.post("/pipelines/preview", body("SELECT 1;", Map.of("limit", 0)))
                        .status());
    }

    @Test
    void aPreviewEndsWhenNobodyListens() throws InterruptedException {
        String endless = body(TICKS + "SELECT counter FROM ticks;", Map.of("limit", 100_000, "seconds", 600));
        CountDownLatch listening = new CountDownLatch(MOST_AT_ONCE);
        CountDownLatch enough = new CountDownLatch(1);
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            Thread client = new Thread(() -> {
                boolean[] told = new boolean[1];
                api.events("POST", "/pipelines/preview", endless, (name, data) -> {
                    if (!told[0]) {
                        told[0] = true;
                        listening.countDown();
                    }
                    return enough.getCount() == 0;
                });
            });
            client.start();
            clients.add(client);
        }
        assertTrue(listening.await(60, TimeUnit.SECONDS));
        List<Event> refused = preview("SELECT 1 AS x;", Map.of());
        assertEquals("LAM-8016", last(refused).data().at("/error/code").asText(), refused.toString());
        enough.countDown();
        for (Thread client : clients) {
            client.join(30_000);
        }
        // A place is free when a job has been stopped and forgotten; all ten have to come back.
        for (int i = 0; i < MOST_AT_ONCE; i++) {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            String end = "error";
            while (end.equals("error") && System.nanoTime() < deadline) {
                end = last(preview("SELECT 1 AS x;", Map.of())).name();
            }
            assertEquals("end", end);
        }
    }
}
