package io.laminar.cli;

import io.laminar.server.LaminarServer;
import io.laminar.server.settings.ServerSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Does once what the command does most: runs a query, and serves a pipeline. The launcher lets Java note which classes
 * that takes, so that later starts need not read and check them again.
 */
public final class Prepare {
    private static final String QUERY =
            "SELECT count(*) AS n, max(x) AS x FROM (VALUES (1, 'a'), (2, 'b')) AS t (x, name)" + " WHERE x > 0;\n";
    private static final String PIPELINE =
            "CREATE TABLE t (x INT) WITH (connector = 'blackhole');" + " INSERT INTO t VALUES (1), (2);";
    private static final int LOOKS = 200;
    private static final long PAUSE_MILLIS = 50;

    private Prepare() {}

    /** Ends with 0 if everything could be done. */
    public static void main(String[] arguments) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Terminal terminal = new Terminal(
                new ByteArrayInputStream(QUERY.getBytes(StandardCharsets.UTF_8)),
                nowhere,
                nowhere,
                false,
                false,
                false,
                80,
                Map.of());
        int code = LaminarCommand.run(terminal, "run", "--output", "json", "-");
        Path folder = Files.createTempDirectory("laminar-prepare");
        try {
            serve(folder);
        } finally {
            delete(folder);
        }
        System.exit(code);
    }

    private static void serve(Path folder) throws IOException, InterruptedException {
        Map<String, String> settings =
                Map.of("data.folder", folder.toString(), "server.port", "0", "server.auth", "none");
        Path none = Files.writeString(folder.resolve("laminar.yaml"), "");
        try (LaminarServer server =
                LaminarServer.start(ServerSettings.read(none, Map.of(), settings), Version.of(Version.class))) {
            String base = "http://localhost:" + server.port() + "/api/v1";
            HttpClient client = HttpClient.newHttpClient();
            client.send(
                    HttpRequest.newBuilder(URI.create(base + "/pipelines"))
                            .header("Content-Type", "application/json")
                            .POST(BodyPublishers.ofString("{\"name\": \"first\", \"query\": \"" + PIPELINE + "\"}"))
                            .build(),
                    BodyHandlers.discarding());
            String answer = "";
            for (int i = 0; i < LOOKS && !answer.contains("\"Finished\""); i++) {
                answer = client.send(
                                HttpRequest.newBuilder(URI.create(base + "/pipelines"))
                                        .build(),
                                BodyHandlers.ofString())
                        .body();
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all;
        try (Stream<Path> files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path file : all) {
            Files.deleteIfExists(file);
        }
    }
}
