package io.laminar.server.http;

import io.javalin.config.JavalinConfig;
import io.laminar.server.access.RateLimit;
import io.laminar.server.settings.ServerOptions;
import io.laminar.server.settings.ServerSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** The table of all routes, and the server that is made of it. */
public final class Routes {
    private static final String DOCUMENT = "/openapi.json";

    private Routes() {}

    static List<Route> all(ServerParts parts) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new MetaRoutes(parts).routes());
        routes.addAll(new ConnectionRoutes(parts).routes());
        routes.addAll(new UdfRoutes(parts).routes());
        routes.addAll(new PipelineRoutes(parts).routes());
        routes.addAll(new JobRoutes(parts).routes());
        routes.addAll(new TokenRoutes(parts).routes());
        return List.copyOf(routes);
    }

    /** The table without anything behind it, for those who only read it. */
    static List<Route> table() {
        return all(ServerParts.NONE);
    }

    /** The OpenAPI document. */
    static String document() {
        return OpenApi.document(table()).toPrettyString();
    }

    /** Begins to serve everything. */
    public static HttpServer serve(ServerParts parts, ServerSettings settings, InstantSource clock) {
        List<Route> routes = all(parts);
        String document = document();
        HttpServer server = new HttpServer(
                routes,
                parts.access(),
                new RateLimit(settings.values().integer(ServerOptions.REQUESTS_PER_SECOND), clock),
                parts.metadata().audit(),
                settings.maxRequestBytes(),
                config -> pages(config, document));
        server.start(settings.host(), settings.port());
        return server;
    }

    private static void pages(JavalinConfig config, String document) {
        config.routes.get(
                HttpServer.BASE + DOCUMENT,
                context -> context.contentType("application/json").result(document));
        config.staticFiles.enableWebjars();
        config.routes.get("/docs", context -> context.html(DocsPage.html(HttpServer.BASE + DOCUMENT)));
    }
}
