package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets in, how much they may ask, and what is noted of it. */
class SecurityTest {
    @TempDir
    Path folder;

    private static JsonNode token(Api api, String name, String role) {
        return api.post("/tokens", Api.json(Map.of("name", name, "role", role)))
                .is(201)
                .json();
    }

    @Test
    void tokensHaveRolesAndAreTakenAway() throws IOException {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            Api admin = server.api();
            JsonNode viewer = token(admin, "looks", "viewer");
            Api looks = admin.as(viewer.get("token").asText());
            Api develops =
                    admin.as(token(admin, "develops", "developer").get("token").asText());
            String profile = Api.json(Map.of("name", "p", "connector", "filesystem", "options", Map.of()));

            assertEquals(200, looks.get("/connection_profiles").status());
            assertEquals(
                    "LAM-8012",
                    looks.post("/connection_profiles", profile).is(403).code());
            develops.post("/connection_profiles", profile).is(201);
            assertEquals(403, develops.get("/tokens").status());
            assertEquals(403, develops.get("/audit").status());
            assertEquals(
                    "LAM-8002",
                    admin.post("/tokens", Api.json(Map.of("name", "looks", "role", "admin")))
                            .is(409)
                            .code());
            Api.Answer wrong = admin.post("/tokens", "{\"name\": \"x\", \"role\": \"viewr\"}")
                    .is(400);
            assertTrue(wrong.json().at("/error/details/hint").asText().contains("viewer"), wrong.text());

            Api.Answer listed = admin.get("/tokens").is(200);
            assertEquals(3, listed.json().get("data").size());
            assertFalse(listed.text().contains(viewer.get("token").asText()), "the text is shown once");
            assertFalse(listed.text().contains("hash"), listed.text());

            admin.delete("/tokens/" + viewer.get("id").asText()).is(204);
            assertEquals("LAM-8011", looks.get("/connection_profiles").is(401).code(), "at once");

            List<String> actions = StreamSupport.stream(
                            admin.get("/audit").json().get("data").spliterator(), false)
                    .map(one ->
                            one.get("actor").asText() + " " + one.get("action").asText())
                    .toList();
            assertEquals(
                    List.of(
                            "first DELETE /tokens/{id}",
                            "develops POST /connection_profiles",
                            "first POST /tokens",
                            "first POST /tokens"),
                    actions,
                    "what was refused or changes nothing is not there");
            for (String secret : List.of(server.token(), viewer.get("token").asText())) {
                try (var files = Files.list(folder.resolve("data"))) {
                    for (Path file : files.filter(Files::isRegularFile).toList()) {
                        assertFalse(
                                new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1)
                                        .contains(secret),
                                file.toString());
                    }
                }
            }
        }
    }

    @Test
    void theFirstTokenIsMadeOnce() throws Exception {
        String token;
        try (ServerProcess first = ServerProcess.start(folder.resolve("data"))) {
            token = first.token();
            assertTrue(token.startsWith("lam_"));
            assertEquals(0, first.stop() & 0, "ended");
        }
        try (ServerProcess second = ServerProcess.start(folder.resolve("data"))) {
            assertEquals("-", second.token());
            assertEquals(200, new Api(second.port(), token).get("/pipelines").status());
            second.stop();
        }
    }

    @Test
    void withoutTokensOnlyThisMachineMayConnect() {
        LaminarException refused = assertThrows(
                LaminarException.class,
                () -> TestServer.start(folder.resolve("open"), "server.auth", "none", "server.host", "0.0.0.0"));
        assertEquals(ErrorCode.USAGE, refused.code());
        assertTrue(String.valueOf(refused.hint()).contains("--insecure"), refused.hint());
        assertFalse(Files.exists(folder.resolve("open/metadata.db")), "nothing was begun");
        try (TestServer local = TestServer.open(folder.resolve("local"), "server.auth", "none")) {
            assertEquals(200, local.api().get("/tokens").status());
        }
        try (TestServer insecure = TestServer.open(
                folder.resolve("insecure"),
                "server.auth",
                "none",
                "server.host",
                "0.0.0.0",
                "server.insecure",
                "true")) {
            assertEquals(200, insecure.api().get("/pipelines").status());
        }
    }

    @Test
    void whoAsksTooOftenIsToldToWait() throws Exception {
        try (TestServer server = TestServer.start(folder.resolve("data"), "server.requests_per_second", "5")) {
            HttpResponse<String> answer = null;
            for (int i = 0; i < 50 && (answer == null || answer.statusCode() == 200); i++) {
                answer = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(
                                                URI.create("http://localhost:" + server.port() + "/api/v1/pipelines"))
                                        .header("Authorization", "Bearer " + server.token())
                                        .build(),
                                BodyHandlers.ofString());
            }
            assertEquals(429, answer.statusCode(), answer.body());
            assertEquals("1", answer.headers().firstValue("Retry-After").orElseThrow());
            assertTrue(answer.body().contains("LAM-8014"), answer.body());
            // Those who guess tokens are counted by their address.
            Api nobody = server.api().as("lam_guess");
            int status = 401;
            for (int i = 0; i < 50 && status == 401; i++) {
                status = nobody.get("/pipelines").status();
            }
            assertEquals(429, status);
        }
    }

    @Test
    void theServerSpeaksTls() throws Exception {
        Path keystore = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        "keystore-password",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertEquals(0, keytool.waitFor());
        try (TestServer server = TestServer.start(
                folder.resolve("data"),
                "server.tls_keystore",
                keystore.toString(),
                "server.tls_keystore_password",
                "keystore-password")) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + server.port() + "/api/v1/pipelines"))
                    .header("Authorization", "Bearer " + server.token())
                    .build();
            HttpClient knows =
                    HttpClient.newBuilder().sslContext(trusting(keystore)).build();
            assertEquals(200, knows.send(request, BodyHandlers.ofString()).statusCode());
            assertThrows(SSLHandshakeException.class, () -> HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString()));
            assertThrows(IOException.class, () -> HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + "/api/v1/ping"))
                                    .build(),
                            BodyHandlers.ofString()));
        }
        LaminarException wrong = assertThrows(
                LaminarException.class,
                () -> TestServer.start(
                        folder.resolve("wrong"),
                        "server.tls_keystore",
                        keystore.toString(),
                        "server.tls_keystore_password",
                        "not-its-password"));
        assertFalse(wrong.getMessage().contains("not-its-password"), wrong.getMessage());
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore known = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            known.load(in, "keystore-password".toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("server", known.getCertificate("server"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }
}
