package io.laminar.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.Connector;
import io.laminar.connector.Connectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
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

    @Test
    void thePageOfCommandsIsCurrent() throws IOException {
        check("commands.md", ReferencePages.commands());
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
        assertTrue(formats.contains("| `schema_registry.api_secret` | text, secret, of the connection |"), formats);
    }

    @Test
    void everyConnectorHasAPictureOfItsOwn() {
        Map<String, String> pictures = new TreeMap<>();
        for (Connector connector : Connectors.all()) {
            String icon = connector.icon();
            assertTrue(icon.startsWith("<svg ") && icon.strip().endsWith("</svg>"), icon);
            assertNull(pictures.put(icon, connector.name()), connector.name());
        }
    }

    @Test
    void connectionsAndAbilitiesAreTold() {
        String connectors = ReferencePages.connectors();
        assertTrue(connectors.contains("| `bootstrap_servers` (required) | text, of the connection |"), connectors);
        assertTrue(connectors.contains("writes exactly once"), connectors);
    }
}
