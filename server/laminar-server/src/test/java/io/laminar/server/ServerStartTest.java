package io.laminar.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How a server starts, and what is in its way. */
class ServerStartTest {
    @TempDir
    Path folder;

    @Test
    void aFolderIsForOneServerAndItsOwnerOnly() throws Exception {
        Path data = folder.resolve("data");
        try (TestServer server = TestServer.start(data)) {
            LaminarException refused =
                    assertThrows(LaminarException.class, () -> TestServer.again(data, server.token()));
            assertEquals(ErrorCode.USAGE, refused.code());
            assertTrue(refused.reason().contains("another server"), refused.reason());
        }
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }

    @Test
    void aPortThatIsTakenIsToldAndEverythingIsClosedAgain() throws Exception {
        try (TestServer server = TestServer.start(folder.resolve("one"))) {
            LaminarException refused = assertThrows(
                    LaminarException.class,
                    () -> TestServer.start(folder.resolve("two"), "server.port", String.valueOf(server.port())));
            assertEquals(ErrorCode.USAGE, refused.code());
            assertTrue(refused.hint().contains("--port"), refused.hint());
        }
        TestServer.start(folder.resolve("two")).close();
    }

    @Test
    void metricsAreOpenUnlessToldOtherwise() {
        try (TestServer server = TestServer.start(folder.resolve("open"))) {
            Api.Answer page = server.api().as(null).get("/metrics");
            assertEquals(200, page.status(), page.text());
            assertTrue(page.text().contains("laminar_build_info{version=\"test\"} 1"), page.text());
            assertTrue(page.text().contains("laminar_jobs{state=\"Running\"} 0"), page.text());
        }
        try (TestServer server = TestServer.start(folder.resolve("closed"), "server.open_metrics", "false")) {
            assertEquals(401, server.api().as(null).get("/metrics").status());
            assertEquals(200, server.api().get("/metrics").status());
        }
    }

    @Test
    void theDocumentOfTheApiAndItsPageAreServed() {
        try (TestServer server = TestServer.start(folder.resolve("data"))) {
            Api.Answer document = server.api().as(null).get("/openapi.json");
            assertEquals("3.1.0", document.is(200).json().get("openapi").asText());
            Api.Answer page = server.api().as(null).get("http://localhost:" + server.port() + "/docs");
            assertTrue(page.is(200).text().contains("/webjars/swagger-ui/"), page.text());
            String script = page.text().replaceAll("(?s).*<script src=\"([^\"]+)\".*", "$1");
            assertEquals(
                    200,
                    server.api()
                            .as(null)
                            .get("http://localhost:" + server.port() + script)
                            .status());
        }
    }
}
