package io.laminar.cli.remote;

import io.laminar.cli.Laminar;
import io.laminar.server.LaminarServer;
import io.laminar.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server in this process, and the command of a user with a home of their own. */
public final class Platform implements AutoCloseable {
    private final LaminarServer server;
    private final Path folder;

    private Platform(LaminarServer server, Path folder) {
        this.server = server;
        this.folder = folder;
    }

    public static Platform start(Path folder) throws InterruptedException {
        ServerSettings settings = ServerSettings.read(
                null,
                Map.of(),
                Map.of(
                        "data.folder", folder.resolve("data").toString(),
                        "server.port", "0",
                        "server.requests_per_second", "0"));
        return new Platform(LaminarServer.start(settings, "test"), folder);
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
