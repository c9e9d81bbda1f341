package io.laminar.format.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.laminar.format.registry.RegisteredSchema.Language;
import io.laminar.format.registry.RegisteredSchema.SchemaDefinition;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.RegistryOptions;
import io.laminar.spi.option.OptionValues;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests and answers on the wire, with a server that answers what a test says. */
class RegistryClientTest {
    private record Reply(int status, String body) {}

    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<String> requests = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private @Nullable HttpServer server;

    @BeforeEach
    void start() throws IOException {
        HttpServer started = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        started.createContext("/", exchange -> {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization") + " " + body);
            Reply reply = replies.removeFirst();
            byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        started.start();
        server = started;
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/base");
    }

    private RegistryClient client(@Nullable String key, @Nullable String secret, URI... endpoints) {
        Backoff backoff = new Backoff(4, Duration.ofMillis(100), pauses::add);
        List<URI> all = endpoints.length == 0 ? List.of(endpoint()) : List.of(endpoints);
        return new RegistryClient(new RegistryHttp(all, key, secret, backoff));
    }

    private void reply(int status, String body) {
        replies.add(new Reply(status, body));
    }

    @Test
    void schemasByIdAreAskedForOnce() {
        reply(200, "{\"schema\":\"\\\"string\\\"\"}");
        reply(404, "{\"error_code\":40403,\"message\":\"Schema not found\"}");
        RegistryClient client = client("me", "geheim");
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    Optional.of(new SchemaDefinition(Language.AVRO, "\"string\"")), client.byId(7), "request " + i);
            assertEquals(Optional.empty(), client.byId(8));
        }
        assertEquals(
                List.of("GET /base/schemas/ids/7 Basic bWU6Z2VoZWlt ", "GET /base/schemas/ids/8 Basic bWU6Z2VoZWlt "),
                requests);
    }

    @Test
    void registering() {
        reply(200, "{\"id\":12}");
        RegistryClient client = client(null, null);
        SchemaDefinition schema = new SchemaDefinition(
                Language.PROTOBUF, "message \"A\" {}", List.of(new RegisteredSchema.Reference("b.proto", "b", 3)));
        assertEquals(12, client.register("a b/c", schema));
        assertEquals(
                List.of(
                        "POST /base/subjects/a%20b%2Fc/versions null {\"schema\":\"message \\\"A\\\" {}\","
                                + "\"schemaType\":\"PROTOBUF\",\"references\":[{\"name\":\"b.proto\",\"subject\":\"b\",\"version\":3}]}"),
                requests);
        assertEquals(Optional.of(schema), client.byId(12), "what was registered is known");
        reply(409, "{\"error_code\":409,\"message\":\"reader field missing\"}");
        LaminarException refused = assertThrows(LaminarException.class, () -> client.register("s", schema));
        assertEquals(ErrorCode.SCHEMA_CONFLICT, refused.code());
        assertTrue(refused.reason().endsWith("for subject 's': reader field missing"), refused.reason());
        reply(422, "not even JSON");
        assertEquals(
                ErrorCode.SCHEMA_CONFLICT,
                assertThrows(LaminarException.class, () -> client.register("s", schema))
                        .code());
    }

    @Test
    void compatibility() {
        SchemaDefinition schema = new SchemaDefinition(Language.AVRO, "\"int\"");
        RegistryClient client = client(null, null);
        reply(200, "{\"is_compatible\":true}");
        client.checkCompatible("s", schema);
        reply(404, "{}");
        client.checkCompatible("s", schema);
        reply(200, "{\"is_compatible\":false,\"messages\":[\"one\",\"two\"]}");
        LaminarException refused = assertThrows(LaminarException.class, () -> client.checkCompatible("s", schema));
        assertTrue(refused.reason().endsWith(": one; two"), refused.reason());
    }

    @Test
    void whatMayGoBetterIsTriedAgain() {
        reply(500, "");
        reply(429, "");
        reply(200, "{\"id\":1,\"schema\":\"\\\"int\\\"\",\"schemaType\":\"AVRO\"}");
        assertEquals(1, client(null, null).latest("s").orElseThrow().id());
        assertEquals(List.of(Duration.ofMillis(100), Duration.ofMillis(200)), pauses);
        for (int i = 0; i < 4; i++) {
            reply(503, "overloaded");
        }
        LaminarException down =
                assertThrows(LaminarException.class, () -> client(null, null).latest("s"));
        assertEquals(ErrorCode.UNREACHABLE, down.code());
        assertTrue(down.reason().endsWith("it answers 503: overloaded"), down.reason());
    }

    @Test
    void ofSeveralAddressesOneHasToAnswer() throws IOException {
        URI dead = URI.create("http://127.0.0.1:1");
        reply(200, "{\"id\":1,\"schema\":\"x\"}");
        assertEquals(
                1,
                client(null, null, dead, endpoint()).latest("s").orElseThrow().id());
        LaminarException down = assertThrows(
                LaminarException.class, () -> client(null, null, dead).latest("s"));
        assertEquals(ErrorCode.UNREACHABLE, down.code());
        assertEquals("see schema_registry.endpoint, and whether the registry runs", down.hint());
    }

    @Test
    void whoMayNotAskIsToldSo() {
        reply(401, "");
        LaminarException unknown =
                assertThrows(LaminarException.class, () -> client(null, null).latest("s"));
        assertEquals(ErrorCode.ACCESS_DENIED, unknown.code());
        reply(403, "");
        LaminarException denied = assertThrows(
                LaminarException.class, () -> client("a", "secret!").latest("s"));
        assertEquals(ErrorCode.ACCESS_DENIED, denied.code());
        assertTrue(!denied.describe().contains("secret!"), denied.describe());
    }

    @Test
    void addressesAreChecked() {
        assertEquals(
                ErrorCode.MISSING_OPTION,
                assertThrows(LaminarException.class, () -> Registries.of(OptionValues.EMPTY))
                        .code());
        for (String wrong : List.of("localhost:8081", "ftp://host", "http://", "http://a b", "")) {
            OptionValues options = new OptionValues(Map.of(RegistryOptions.ENDPOINT.name(), wrong));
            LaminarException refused = assertThrows(LaminarException.class, () -> Registries.of(options));
            assertEquals(ErrorCode.INVALID_OPTION, refused.code(), wrong);
        }
    }

    @Test
    void answersThatAreNoneAreRefused() {
        reply(200, "<html>");
        LaminarException html =
                assertThrows(LaminarException.class, () -> client(null, null).latest("s"));
        assertTrue(html.reason().endsWith("its answer is not JSON"), html.reason());
    }
}
