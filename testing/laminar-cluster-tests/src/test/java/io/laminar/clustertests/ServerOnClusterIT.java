package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.testing.cluster.ChildProcess;
import io.laminar.testing.cluster.Distribution;
import io.laminar.testing.cluster.LaminarCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server whose pipelines run on a cluster of other processes: they do not notice that it dies. */
@Tag("slow")
class ServerOnClusterIT {
    private static final Pattern ADDRESS = Pattern.compile("serves (http://\\S+)");
    private static final Pattern TOKEN = Pattern.compile("token: (\\S+)");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private Path folder = Path.of("");

    private String address = "";
    private String token = "";

    @Test
    void jobsGoOnWhileTheServerIsAwayAndAreTakenUpAgain() throws Exception {
        try (LaminarCluster cluster = LaminarCluster.start(
                Distribution.built(),
                folder,
                "--checkpoints",
                folder.resolve("shared").toString())) {
            cluster.withWorkers(1, 2);
            FedPipeline pipeline = new FedPipeline(folder);
            String query = Files.readString(Path.of(pipeline.sql()));
            ChildProcess server = serve(cluster);
            token = found(TOKEN, server);
            String id = call("POST", "/pipelines", JSON.writeValueAsString(Map.of("name", "numbers", "query", query)))
                    .get("id")
                    .asText();
            pipeline.feed(1_000);
            server.await("the first rows", pipeline::isThrough);
            String job = call("GET", "/pipelines/" + id, null).get("job_id").asText();
            String clusterJob =
                    call("GET", "/jobs/" + job, null).get("cluster_job").asText();

            server.kill();
            pipeline.feed(2_000);
            cluster.coordinator().await("rows without a server", pipeline::isThrough);

            ChildProcess again = serve(cluster);
            again.await("the job is taken up again", () -> state(id).equals("Running"));
            JsonNode taken = call("GET", "/jobs/" + job, null);
            assertEquals(clusterJob, taken.get("cluster_job").asText());
            assertEquals("RUNNING", cluster.state(clusterJob));
            call("POST", "/pipelines/" + id + "/stop", "{}");
            again.await("the end of the job", () -> state(id).equals("Stopped"));

            pipeline.feed(500);
            call("POST", "/pipelines/" + id + "/start", "{}");
            again.await("rows of the next job", pipeline::isThrough);
            call("POST", "/pipelines/" + id + "/stop", "{}");
            again.await("the end of the next job", () -> state(id).equals("Stopped"));
            pipeline.assertExact();
            again.terminate();
        }
    }

    /** Rows of a plain query are fetched on: by the next server, and when the pipeline goes on from saved state. */
    @Test
    void rowsAreShownOnAfterTheServerWasAway() throws Exception {
        try (LaminarCluster cluster = LaminarCluster.start(
                Distribution.built(),
                folder,
                "--checkpoints",
                folder.resolve("shared").toString())) {
            cluster.withWorkers(1, 2);
            ChildProcess server = serve(cluster);
            token = found(TOKEN, server);
            String query =
                    "CREATE TABLE ticks (counter BIGINT NOT NULL) WITH (connector = 'impulse', event_rate = 200);"
                            + "SELECT counter FROM ticks;";
            Map<String, Object> wanted = Map.of("name", "shown", "query", query, "checkpoint_interval_micros", 500_000);
            String id = call("POST", "/pipelines", JSON.writeValueAsString(wanted))
                    .get("id")
                    .asText();
            server.await("the first rows", () -> shown(id) > 200);
            String job = call("GET", "/pipelines/" + id, null).get("job_id").asText();
            server.await("a checkpoint", () -> call("GET", "/jobs/" + job + "/checkpoints", null)
                    .toString()
                    .contains("completed"));
            server.kill();

            ChildProcess again = serve(cluster);
            long before = 200;
            again.await("rows at the next server", () -> shown(id) > before);
            assertEquals(
                    job, call("GET", "/pipelines/" + id, null).get("job_id").asText());
            again.await("more rows", () -> shown(id) > 1_000);

            // The next job goes on from saved state, where the first of its rows is not the first of all.
            call("POST", "/pipelines/" + id + "/stop", "{}");
            again.await("the end of the job", () -> state(id).equals("Stopped"));
            call("POST", "/pipelines/" + id + "/start", "{}");
            again.await("rows of the next job", () -> state(id).equals("Running") && shown(id) > 1_000);
            JsonNode first = call("GET", "/jobs/" + jobOf(id) + "/output?limit=1", null);
            assertTrue(first.at("/rows/0/values/0").asLong() > 100, "it does not begin anew: " + first);
            call("POST", "/pipelines/" + id + "/stop", "{\"mode\": \"immediate\"}");
            again.await("the end", () -> state(id).equals("Stopped"));
            again.terminate();
        }
    }

    private String jobOf(String pipeline) {
        return call("GET", "/pipelines/" + pipeline, null).get("job_id").asText();
    }

    /** The last number that the present job has shown; 0 if there is none yet. */
    private long shown(String pipeline) {
        String job = jobOf(pipeline);
        // A server that has just started does not show the job before it is on its cluster again.
        if (!state(pipeline).equals("Running")
                || send("GET", "/jobs/" + job + "/output", null).isEmpty()) {
            return 0;
        }
        long last = 0;
        long after = 0;
        while (true) {
            JsonNode page = call("GET", "/jobs/" + job + "/output?limit=1000&after=" + after, null);
            JsonNode rows = page.get("rows");
            if (rows.isEmpty()) {
                return last;
            }
            last = rows.get(rows.size() - 1).at("/values/0").asLong();
            after = page.get("next").asLong();
        }
    }

    private ChildProcess serve(LaminarCluster cluster) {
        ChildProcess server =
                cluster.laminar(folder, "serve", "--port", "0", "--data", "data", "--cluster", cluster.url());
        server.await("the server", () -> ADDRESS.matcher(server.out()).find());
        address = found(ADDRESS, server);
        return server;
    }

    private static String found(Pattern pattern, ChildProcess server) {
        Matcher matcher = pattern.matcher(server.out());
        if (!matcher.find()) {
            throw new AssertionError(server.out() + server.err());
        }
        return matcher.group(1);
    }

    private String state(String pipeline) {
        return call("GET", "/pipelines/" + pipeline, null).get("state").asText();
    }

    private JsonNode call(String method, String path, String body) {
        return send(method, path, body).orElseThrow(() -> new AssertionError(method + " " + path + " is refused"));
    }

    /** Empty if it is refused. */
    private Optional<JsonNode> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() >= 400 ? Optional.empty() : Optional.of(JSON.readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
