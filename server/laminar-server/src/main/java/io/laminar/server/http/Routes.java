package io.laminar.server.http;

import io.javalin.config.JavalinConfig;
import io.laminar.server.access.RateLimit;
import io.laminar.server.settings.ServerOptions;
import io.laminar.server.settings.ServerSettings;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The table of all routes, and the server that is made of it. */
public final class Routes {
    private static final String DOCUMENT = "/openapi.json";

    private Routes() {}

    static List<Route> all(ServerParts parts, boolean openMetrics) {
        List<Route> routes = new ArrayList<>();
        routes.addAll(new MetaRoutes(parts, openMetrics).routes());
        routes.addAll(new ConnectionRoutes(parts).routes());
        routes.addAll(new UdfRoutes(parts).routes());
        routes.addAll(new PipelineRoutes(parts).routes());
        routes.addAll(new JobRoutes(parts).routes());
        routes.addAll(new TokenRoutes(parts).routes());
        return List.copyOf(routes);
    }

    /** The table without anything behind it, for those who only read it. */
    static List<Route> table() {
        return all(ServerParts.NONE, true);
    }

    /** The OpenAPI document. */
    static String document() {
        return OpenApi.document(table()).toPrettyString();
    }

    /** Begins to serve everything. */
    public static HttpServer serve(ServerParts parts, ServerSettings settings, InstantSource clock) {
        List<Route> routes = all(parts, settings.values().bool(ServerOptions.OPEN_METRICS));
        Document document = new Document();
        HttpServer server = new HttpServer(
                routes,
                parts.access(),
                new RateLimit(settings.values().integer(ServerOptions.REQUESTS_PER_SECOND), clock),
                parts.metadata().audit(),
                settings.maxRequestBytes(),
                config -> pages(config, document, settings));
        server.start(settings);
        return server;
    }

    private static void pages(JavalinConfig config, Document document, ServerSettings settings) {
        config.routes.get(HttpServer.BASE + DOCUMENT, context -> context.contentType("application/json")
                .result(document.text()));
        if (settings.speaksTls()) {
            config.jetty.addConnector((server, http) -> TlsConnector.of(server, http, settings));
        }
        // Where Prometheus looks unless it is told otherwise.
        config.routes.get("/metrics", context -> context.redirect(HttpServer.BASE + "/metrics"));
        config.staticFiles.enableWebjars();
        config.routes.get("/", context -> context.redirect("/docs"));
        config.routes.get("/docs", context -> context.html(DocsPage.html(HttpServer.BASE + DOCUMENT)));
    }

    /** Made when it is asked for: nobody has to wait for it at the start. */
    private static final class Document {
        private @Nullable String text;

        synchronized String text() {
            String known = text;
            if (known == null) {
                known = document();
                text = known;
            }
            return known;
        }
    }
}
