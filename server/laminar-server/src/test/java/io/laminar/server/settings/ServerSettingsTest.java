package io.laminar.server.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configuration: where values come from, and what is said of those that do not fit. */
class ServerSettingsTest {
    @TempDir
    Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("laminar.yaml"), text);
    }

    private static LaminarException refused(Path file, Map<String, String> environment, Map<String, String> flags) {
        LaminarException refused =
                assertThrows(LaminarException.class, () -> ServerSettings.read(file, environment, flags));
        assertEquals(ErrorCode.USAGE, refused.code());
        return refused;
    }

    @Test
    void everythingHasADefault() throws IOException {
        ServerSettings settings = ServerSettings.read(file(""), Map.of(), Map.of());
        assertEquals("127.0.0.1", settings.host());
        assertEquals(5115, settings.port());
        assertTrue(settings.needsTokens());
        assertTrue(settings.isLoopback());
        assertFalse(settings.speaksTls());
        assertEquals(4 << 20, settings.maxRequestBytes());
        assertTrue(
                settings.metadata().toString().endsWith("metadata.db"),
                settings.metadata().toString());
    }

    @Test
    void theEnvironmentStandsAboveTheFileAndFlagsAboveBoth() throws IOException {
        Path file = file("""
                server: { port: 1, host: localhost }
                data:
                  folder: /of/the/file
                state.folder: s3://bucket/state/
                """);
        Map<String, String> environment = Map.of("LAMINAR_SERVER__PORT", "2", "LAMINAR_DATA__FOLDER", "/of/the/env");
        assertEquals(1, ServerSettings.read(file, Map.of(), Map.of()).port());
        assertEquals(2, ServerSettings.read(file, environment, Map.of()).port());
        ServerSettings all = ServerSettings.read(file, environment, Map.of("server.port", "3"));
        assertEquals(3, all.port());
        assertEquals("localhost", all.host());
        assertEquals(Path.of("/of/the/env"), all.dataFolder());
        assertEquals("s3://bucket/state", all.stateFolder());
    }

    @Test
    void variablesOfOthersAreLeftAlone() throws IOException {
        ServerSettings settings = ServerSettings.read(
                file(""), Map.of("LAMINAR_MEMORY", "4g", "PATH", "/bin", "LAMINAR_HOME", "/x"), Map.of());
        assertEquals(5115, settings.port());
    }

    @Test
    void unknownKeysAreRefusedWithTheNearestAndWhereTheyAre() throws IOException {
        Path file = file("server:\n  prot: 80\n");
        LaminarException inFile = refused(file, Map.of(), Map.of());
        assertTrue(inFile.reason().contains("'server.prot'"), inFile.reason());
        assertTrue(inFile.reason().contains(file.toString()), inFile.reason());
        assertTrue(String.valueOf(inFile.hint()).contains("server.port"), inFile.hint());
        LaminarException inEnvironment = refused(file(""), Map.of("LAMINAR_SERVER__HOTS", "x"), Map.of());
        assertTrue(inEnvironment.reason().contains("LAMINAR_SERVER__HOTS"), inEnvironment.reason());
        assertTrue(String.valueOf(inEnvironment.hint()).contains("server.host"), inEnvironment.hint());
        LaminarException flag = refused(file(""), Map.of(), Map.of("metadata.usr", "x"));
        assertTrue(flag.reason().contains("command line"), flag.reason());
    }

    @Test
    void wrongValuesAreRefused() throws IOException {
        for (Map<String, String> flags : List.of(
                Map.of("server.port", "many"),
                Map.of("server.port", "65536"),
                Map.of("server.port", "-1"),
                Map.of("server.auth", "tokens"),
                Map.of("server.insecure", "perhaps"),
                Map.of("server.max_request_size", "big"),
                Map.of("server.tls_keystore", "x.p12"),
                Map.of("server.auth", "none", "server.host", "0.0.0.0"))) {
            LaminarException refused = refused(file(""), Map.of(), flags);
            assertFalse(refused.reason().isBlank());
        }
        LaminarException secret = refused(file(""), Map.of(), Map.of("server.tls_keystore_password", "sesame-open"));
        assertFalse(secret.getMessage().contains("sesame-open"), secret.getMessage());
    }

    @Test
    void aFileThatIsNoYamlIsToldWithItsLine() throws IOException {
        LaminarException broken = refused(file("server:\n  port: 80\n   host: x\n"), Map.of(), Map.of());
        assertTrue(broken.reason().contains("line 3"), broken.reason());
        for (String text : List.of("just words", "- a\n- b\n", "server: [1, 2]\n")) {
            refused(file(text), Map.of(), Map.of());
        }
        LaminarException missing = assertThrows(
                LaminarException.class, () -> ServerSettings.read(folder.resolve("nowhere.yaml"), Map.of(), Map.of()));
        assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code());
    }
}
