package io.laminar.clustertests;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/api/v1" + path))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() >= 400) {
                throw new AssertionError(method + " " + path + ": " + answer.body());
            }
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
