package io.laminar.server.http;

import java.util.List;

/** The table of routes for tests of other packages. */
public final class RoutePaths {
    private RoutePaths() {}

    public static List<String> ofGets() {
        return Routes.table().stream()
                .filter(route -> route.verb() == Route.Verb.GET)
                .map(Route::path)
                .toList();
    }
}
