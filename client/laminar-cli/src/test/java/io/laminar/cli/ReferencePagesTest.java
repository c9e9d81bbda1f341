package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ReferencePagesTest {

    @Test
    void thePageOfConnectorsIsCurrent() throws IOException {
        check("connectors.md", ReferencePages.connectors());
    }

    @Test
    void thePageOfFormatsIsCurrent() throws IOException {
        check("formats.md", ReferencePages.formats());
    }

    @Test
    void thePageOfSettingsIsCurrent() throws IOException {
        check("settings.md", ReferencePages.settings());
    }

    private static void check(String name, String wanted) throws IOException {
        Path page = root().resolve("docs/reference").resolve(name);
        if (Boolean.getBoolean("reference.update")) {
            Files.createDirectories(page.getParent());
            Files.writeString(page, wanted);
        }
        assertTrue(Files.exists(page), () -> page + " is missing; run this test with -Dreference.update=true");
        assertEquals(wanted, Files.readString(page), "run this test with -Dreference.update=true");
    }

    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("core/laminar-execution"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    @Test
    void everyConnectorAndFormatIsThere() {
        String connectors = ReferencePages.connectors();
        assertTrue(connectors.contains("\n## single_file\n"), connectors);
        assertTrue(connectors.contains("| `path` (required) | text |"), connectors);
        String formats = ReferencePages.formats();
        for (String format :
                new String[] {"avro", "csv", "debezium_json", "json", "parquet", "protobuf", "raw_bytes"}) {
            assertTrue(formats.contains("\n## " + format + "\n"), format);
        }
        assertTrue(formats.contains("| `schema_registry.api_secret` | text, secret |"), formats);
    }
}
