package io.laminar.cli.remote;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.cli.Laminar;
import io.laminar.server.LaminarServer;
import io.laminar.server.settings.ServerSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server in this process, and the command of a user with a home of their own. For one test: {@link #start}; for all
 * tests of a class: {@code @RegisterExtension static final Platform platform = new Platform();}
 */
public final class Platform implements BeforeAllCallback, AfterAllCallback, AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private LaminarServer server;
    private Path folder;

    public static Platform start(Path folder) throws InterruptedException {
        Platform platform = new Platform();
        platform.serve(folder);
        return platform;
    }

    private void serve(Path where) throws InterruptedException {
        folder = where;
        server = LaminarServer.start(
                ServerSettings.read(
                        null,
                        Map.of(),
                        Map.of(
                                "data.folder", where.resolve("data").toString(),
                                "server.port", "0",
                                "server.requests_per_second", "0")),
                "test");
    }

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        serve(Files.createTempDirectory("laminar-platform"));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Where all its files are. */
    Path folder() {
        return folder;
    }

    /** Writes a file that commands are to read. */
    Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    public String address() {
        return "http://localhost:" + server.port();
    }

    public String token() {
        return server.firstToken().orElseThrow();
    }

    Path home() {
        return folder.resolve("home");
    }

    Map<String, String> variables() {
        return Map.of("HOME", home().toString());
    }

    /** The command, as somebody who has not logged in calls it. */
    public Laminar anonymous(String input, String... arguments) {
        return Laminar.with(variables(), input, arguments);
    }

    /** The command, with server and token from the environment. */
    public Laminar laminar(String input, String... arguments) {
        Map<String, String> variables = new HashMap<>(variables());
        variables.put("LAMINAR_SERVER", address());
        variables.put("LAMINAR_TOKEN", token());
        return Laminar.with(variables, input, arguments);
    }

    /** The standard output of a command that has to succeed. */
    String done(String input, String... arguments) {
        Laminar run = laminar(input, arguments);
        if (run.code() != 0) {
            throw new AssertionError(Arrays.toString(arguments) + " is " + run.code() + ": " + run.err());
        }
        return run.out();
    }

    /** The standard output of a command that has to succeed, which is asked for JSON. */
    JsonNode json(String... arguments) throws IOException {
        return JSON.readTree(done("", arguments));
    }

    /** The lines of CSV without the first, of a command that has to succeed. */
    List<String> rows(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--output", "csv"));
        return done("", all.toArray(String[]::new)).lines().skip(1).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
