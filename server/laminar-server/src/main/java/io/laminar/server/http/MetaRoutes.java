package io.laminar.server.http;

import io.laminar.server.api.ConnectorResource;
import io.laminar.server.api.FormatResource;
import io.laminar.server.api.FunctionResource;
import io.laminar.server.api.Health;
import io.laminar.server.api.Ping;
import io.laminar.server.api.VersionResource;
import java.util.List;

/** What the server is, and what it can. */
final class MetaRoutes {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final ServerParts parts;
    private final boolean openMetrics;

    MetaRoutes(ServerParts parts, boolean openMetrics) {
        this.parts = parts;
        this.openMetrics = openMetrics;
    }

    /** All figures, as Prometheus reads them. */
    private Route metrics() {
        Route.Builder route = Route.get("/metrics", "Gives all figures in the text format of Prometheus.");
        return (openMetrics ? route.forEverybody() : route)
                .gives(String.class)
                .does(call -> new HttpServer.Text(PROMETHEUS, parts.prometheus().text()));
    }

    List<Route> routes() {
        return List.of(
                Route.get("/ping", "Answers.").forEverybody().gives(Ping.class).does(call -> new Ping("pong")),
                Route.get("/health", "Tells whether all parts work.")
                        .forEverybody()
                        .gives(Health.class)
                        .does(call -> parts.health().now()),
                Route.get("/version", "Tells what runs.")
                        .gives(VersionResource.class)
                        .does(call -> parts.reference().version()),
                metrics(),
                Route.get("/connectors", "Lists the connectors with their options.")
                        .givesAll(ConnectorResource.class)
                        .does(call -> parts.reference().connectors()),
                Route.get("/formats", "Lists the formats with their options.")
                        .givesAll(FormatResource.class)
                        .does(call -> parts.reference().formats()),
                Route.get("/functions", "Lists the functions of SQL.")
                        .givesAll(FunctionResource.class)
                        .does(call -> parts.reference().functions()));
    }
}
