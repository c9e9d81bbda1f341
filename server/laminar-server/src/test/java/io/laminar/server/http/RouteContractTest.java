package io.laminar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.server.Api;
import io.laminar.server.TestServer;
import io.laminar.server.access.Role;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What holds for every route, read off the table. */
class RouteContractTest {
    @TempDir
    static Path folder;

    private static TestServer server;
    private static Api admin;
    private static Api viewer;
    private static Api developer;

    @BeforeAll
    static void start() {
        server = TestServer.start(folder.resolve("data"));
        admin = server.api();
        viewer = admin.as(token("looks", "viewer"));
        developer = admin.as(token("develops", "developer"));
    }

    private static String token(String name, String role) {
        return admin.post("/tokens", Api.json(Map.of("name", name, "role", role)))
                .is(201)
                .json()
                .get("token")
                .asText();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static String path(Route route) {
        return route.path().replaceAll("\\{[a-z_]+}", "nobody");
    }

    private static String body(Route route) {
        return route.request() == null ? null : "{}";
    }

    @Test
    void nobodyGetsInWithoutAToken() {
        for (Route route : Routes.table()) {
            int status = admin.as(null)
                    .send(route.verb().name(), path(route), body(route))
                    .status();
            int wrong = admin.as("lam_wrong")
                    .send(route.verb().name(), path(route), body(route))
                    .status();
            if (route.role() == null) {
                assertEquals(200, status, route.operationId());
            } else {
                assertEquals(401, status, route.operationId());
                assertEquals(401, wrong, route.operationId());
            }
        }
    }

    @Test
    void rolesAreKept() {
        for (Route route : Routes.table()) {
            if (route.role() == Role.DEVELOPER || route.role() == Role.ADMIN) {
                Api.Answer answer = viewer.send(route.verb().name(), path(route), body(route));
                assertEquals(403, answer.status(), route.operationId());
                assertEquals("LAM-8012", answer.code());
            }
            if (route.role() == Role.ADMIN) {
                assertEquals(
                        403,
                        developer
                                .send(route.verb().name(), path(route), body(route))
                                .status());
            }
        }
    }

    @Test
    void whatDoesNotExistIsNotFound() {
        for (Route route : Routes.table()) {
            // Who asks for something that cannot be understood is told that first.
            if (!route.pathParameters().isEmpty() && route.request() == null) {
                Api.Answer answer = admin.send(route.verb().name(), path(route), null);
                assertEquals(404, answer.status(), route.operationId() + ": " + answer.text());
                assertEquals("LAM-8001", answer.code());
            }
        }
    }

    @Test
    void bodiesAreChecked() {
        for (Route route : Routes.table()) {
            if (route.request() != null) {
                for (String wrong : List.of("{", "[]", "null", "{\"no_such_field\": 1}", "\"text\"", "{} {}")) {
                    Api.Answer answer = admin.send(route.verb().name(), path(route), wrong);
                    assertTrue(
                            answer.status() == 400
                                    || answer.status() == 404
                                            && !route.pathParameters().isEmpty(),
                            route.operationId() + " " + wrong + ": " + answer.text());
                    assertFalse(answer.text().contains("Exception"), answer.text());
                }
            }
        }
    }

    @Test
    void pagesHaveTheirLimits() {
        for (Route route : Routes.table()) {
            boolean pages =
                    route.parameters().stream().anyMatch(one -> one.name().equals("starting_after"));
            if (pages && route.pathParameters().isEmpty()) {
                for (String limit : List.of("0", "101", "-1", "x", "99999999999999")) {
                    assertEquals(
                            400, admin.get(route.path() + "?limit=" + limit).status(), route.operationId());
                }
                assertEquals(
                        200,
                        admin.get(route.path() + "?limit=1&starting_after=zzz").status());
            }
        }
    }

    @Test
    void unknownPathsAndMethodsAreRefusedAsJson() {
        Api.Answer nowhere = admin.get("/nowhere");
        assertEquals(404, nowhere.status());
        assertEquals("NOT_FOUND", nowhere.json().at("/error/type").asText());
        assertEquals(405, admin.send("PUT", "/pipelines", "{}").status());
    }

    @Test
    void largeBodiesAreRefused() {
        String body = Api.json(Map.of("name", "large", "query", "x".repeat(5 << 20)));
        Api.Answer answer = admin.post("/pipelines", body);
        assertEquals(413, answer.status(), answer.text());
        assertEquals("LAM-8013", answer.code());
    }

    @Test
    void badRequestsNeverBreakTheServer() {
        fuzz(1500, 7);
    }

    @Test
    @Tag("slow")
    void twentyThousandBadRequestsNeverBreakTheServer() {
        fuzz(20_000, Long.getLong("laminar.fuzz.seed", 20261129L));
    }

    private static void fuzz(int requests, long seed) {
        Fuzzer fuzzer = new Fuzzer(new Random(seed));
        List<Route> routes = Routes.table();
        for (int i = 0; i < requests; i++) {
            Fuzzer.Request request = fuzzer.request(routes);
            Api.Answer answer = admin.send(request.verb(), request.path(), request.body());
            assertTrue(
                    answer.status() != 500,
                    "seed " + seed + ": " + request + " gives " + answer.status() + ": " + answer.text());
            if (answer.status() >= 400 && !answer.text().isEmpty()) {
                assertTrue(answer.code().startsWith("LAM-"), request + " gives " + answer.text());
            }
            assertFalse(answer.text().contains("java.lang"), request + " gives " + answer.text());
        }
    }
}
