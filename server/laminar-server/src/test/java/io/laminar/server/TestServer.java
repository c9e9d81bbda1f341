package io.laminar.server;

import io.laminar.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A server in this process, with everything it keeps in one folder. */
public final class TestServer implements AutoCloseable {
    private final LaminarServer server;
    private final Api api;

    private TestServer(LaminarServer server, String token) {
        this.server = server;
        this.api = new Api(server.port(), token);
    }

    /** The first start in a folder. */
    public static TestServer start(Path folder, String... settings) {
        LaminarServer server = serve(folder, settings);
        return new TestServer(server, server.firstToken().orElseThrow());
    }

    /** One that asks nobody for a token. */
    public static TestServer open(Path folder, String... settings) {
        return new TestServer(serve(folder, settings), null);
    }

    /** Another start, with the token of the first. */
    public static TestServer again(Path folder, String token, String... settings) {
        return new TestServer(serve(folder, settings), token);
    }

    private static LaminarServer serve(Path folder, String... settings) {
        Map<String, String> flags = new HashMap<>(
                Map.of("data.folder", folder.toString(), "server.port", "0", "server.requests_per_second", "0"));
        for (int i = 0; i < settings.length; i += 2) {
            flags.put(settings[i], settings[i + 1]);
        }
        try {
            return LaminarServer.start(ServerSettings.read(null, Map.of(), flags), "test");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Api api() {
        return api;
    }

    public String token() {
        return server.firstToken().orElseThrow();
    }

    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.close();
    }
}
