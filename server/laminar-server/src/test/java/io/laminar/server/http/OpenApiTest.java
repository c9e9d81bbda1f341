package io.laminar.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The document that is checked in is that of the routes. */
class OpenApiTest {
    private static final Path FILE = Path.of("src/main/resources/io/laminar/server/openapi.json");

    @Test
    void theDocumentIsThatOfTheRoutes() throws Exception {
        String document = Routes.document() + "\n";
        if (Boolean.getBoolean("laminar.update")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, document);
        }
        assertEquals(
                Files.readString(FILE),
                document,
                "the routes have changed: run this test with -Dlaminar.update=true and look at what is new");
    }

    @Test
    void operationsHaveNamesOfTheirOwn() {
        var names = Routes.table().stream().map(Route::operationId).toList();
        assertEquals(names.size(), new java.util.HashSet<>(names).size(), names.toString());
    }
}
