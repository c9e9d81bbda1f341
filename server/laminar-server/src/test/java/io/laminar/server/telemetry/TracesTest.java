package io.laminar.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.server.Api;
import io.laminar.server.TestServer;
import io.laminar.server.telemetry.TraceCollector.SentSpan;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a collector of OpenTelemetry gets to see of jobs. */
class TracesTest {
    @TempDir
    Path folder;

    private String copy(String connector, String options) {
        return "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = '" + connector + "', " + options + ");"
                + "CREATE TABLE out (counter BIGINT) WITH (connector = 'single_file', path = '" + folder.resolve("out")
                + "', format = 'json');"
                + "INSERT INTO out SELECT counter FROM ticks;";
    }

    private static String create(Api api, String query) {
        Map<String, Object> wanted = Map.of("name", "ticks", "query", query, "checkpoint_interval_micros", 200_000);
        return api.post("/pipelines", Api.json(wanted)).is(201).json().get("id").asText();
    }

    @Test
    void theStepsOfAJobAndItsCheckpointsAreSpans() throws IOException {
        try (TraceCollector collector = new TraceCollector();
                TestServer server =
                        TestServer.start(folder.resolve("data"), "telemetry.otlp_endpoint", collector.endpoint())) {
            Api api = server.api();
            String id = create(api, copy("impulse", "event_rate = 1000"));
            String job = api.awaitState(id, "Running").json().get("job_id").asText();

            SentSpan start = collector.await("job start", span -> true);
            assertEquals(job, start.attributes().get("laminar.job.id"));
            assertEquals(id, start.attributes().get("laminar.pipeline.id"));
            assertEquals("ticks", start.attributes().get("laminar.pipeline.name"));
            assertEquals("Running", start.attributes().get("laminar.job.to"));
            assertEquals(1, start.status());
            assertEquals("laminar", start.resource().get("service.name"));
            assertEquals("test", start.resource().get("service.version"));
            lasted(start);

            SentSpan checkpoint = collector.await("checkpoint", span -> span.status() == 1);
            assertEquals(job, checkpoint.attributes().get("laminar.job.id"));
            assertTrue(Long.parseLong(checkpoint.attributes().get("laminar.checkpoint.subtasks")) > 0);
            assertTrue(Long.parseLong(checkpoint.attributes().get("laminar.checkpoint.id")) > 0);
            assertTrue(checkpoint.startNanos() >= start.startNanos(), "begins after the job");

            api.post("/jobs/" + job + "/rescale", "{\"parallelism\": 2}").is(202);
            SentSpan rescale = collector.await("job rescale", span -> true);
            assertEquals("Running", rescale.attributes().get("laminar.job.to"));
            assertEquals(0, rescale.status());
            lasted(rescale);

            api.awaitState(id, "Running");
            api.post("/pipelines/" + id + "/stop", "{\"mode\": \"checkpoint\"}").is(202);
            SentSpan stop = collector.await("job stop", span -> true);
            assertEquals("checkpoint", stop.attributes().get("laminar.stop.mode"));
            assertEquals("Running", stop.attributes().get("laminar.job.from"));
            assertEquals("Stopped", stop.attributes().get("laminar.job.to"));
            SentSpan savepoint = collector.await("savepoint", span -> span.status() == 1);
            assertTrue(
                    savepoint.startNanos() / 1_000_000 >= stop.startNanos() / 1_000_000 - 1,
                    "it was taken to stop the job: " + savepoint + " " + stop);

            List<SentSpan> all = collector.spans();
            assertEquals(
                    all.size(), all.stream().map(SentSpan::trace).distinct().count(), "a trace for each");
            assertTrue(all.stream().allMatch(span -> span.parent().isEmpty()), all.toString());
            List<String> numbers = all.stream()
                    .map(span -> span.attributes().get("laminar.checkpoint.id"))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            assertEquals(numbers.stream().distinct().toList(), numbers, "each checkpoint once, in order");
            assertEquals(List.of(), collector.mistakes());
        }
    }

    private static void lasted(SentSpan span) {
        long nanos = span.endNanos() - span.startNanos();
        assertTrue(nanos > 0 && nanos < Duration.ofMinutes(1).toNanos(), span.toString());
    }

    @Test
    void theReasonOfAFailureIsInItsSpans() throws IOException {
        Files.writeString(folder.resolve("in"), "{\"counter\": 1}\nno JSON\n");
        try (TraceCollector collector = new TraceCollector()) {
            String job;
            try (TestServer server =
                    TestServer.start(folder.resolve("data"), "telemetry.otlp_endpoint", collector.endpoint())) {
                String id = create(
                        server.api(), copy("single_file", "format = 'json', path = '" + folder.resolve("in") + "'"));
                job = server.api().awaitState(id, "Failed").json().get("job_id").asText();
            }
            // Which step it is in is a matter of luck: the job may have run before, and its end may have been seen as
            // one.
            List<SentSpan> last = collector.spans().stream()
                    .filter(span -> "Failed".equals(span.attributes().get("laminar.job.to")))
                    .toList();
            assertEquals(1, last.size(), collector.spans().toString());
            assertEquals(job, last.get(0).attributes().get("laminar.job.id"));
            assertEquals(2, last.get(0).status(), "an error");
            String reason = "expected a value, found no";
            assertTrue(
                    collector.spans().stream()
                            .anyMatch(span -> span.message().contains(reason)
                                    || String.valueOf(span.attributes().get("laminar.cause"))
                                            .contains(reason)
                                    || span.events().toString().contains(reason)),
                    collector.spans().toString());
        }
    }

    /** A file that is there keeps a job from starting, twice. */
    @Test
    void aRecoveryIsAStep() throws IOException {
        Files.writeString(folder.resolve("out"), "here already\n");
        try (TraceCollector collector = new TraceCollector();
                TestServer server =
                        TestServer.start(folder.resolve("data"), "telemetry.otlp_endpoint", collector.endpoint())) {
            String id = create(server.api(), copy("impulse", "event_rate = 10"));
            server.api().awaitState(id, "Failed");
            SentSpan recovery = collector.await("job recover", span -> true);
            assertTrue(
                    recovery.message().contains("exists already")
                            || recovery.events().toString().contains("exists already")
                            || String.valueOf(recovery.attributes().get("laminar.cause"))
                                    .contains("exists already"),
                    recovery.toString());
        }
    }

    @Test
    void whatIsLeftIsSentWhenTheServerEnds() throws IOException {
        try (TraceCollector collector = new TraceCollector()) {
            try (TestServer server =
                    TestServer.start(folder.resolve("data"), "telemetry.otlp_endpoint", collector.endpoint())) {
                server.api().awaitState(create(server.api(), copy("impulse", "event_rate = 10")), "Running");
            }
            assertTrue(
                    collector.spans().stream().anyMatch(span -> span.name().equals("job start")),
                    collector.spans().toString());
        }
    }

    @Test
    void aCollectorThatIsNotThereHoldsNothingUp() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        try (TestServer server = TestServer.start(
                folder.resolve("data"), "telemetry.otlp_endpoint", "http://localhost:" + port + "/v1/traces")) {
            String id = create(server.api(), copy("impulse", "event_rate = 10"));
            server.api().awaitState(id, "Running");
            server.api().post("/pipelines/" + id + "/stop", "{}").is(202);
            server.api().awaitState(id, "Stopped");
        }
    }

    @Test
    void anEndpointThatIsNoAddressIsRefused() {
        LaminarException refused = assertThrows(
                LaminarException.class,
                () -> TestServer.start(folder.resolve("data"), "telemetry.otlp_endpoint", "collector:4318"));
        assertEquals(ErrorCode.USAGE, refused.code());
        assertTrue(refused.reason().contains("telemetry.otlp_endpoint"), refused.reason());
    }
}
