package io.laminar.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.TableUse;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.connector.probe.Probes;
import io.laminar.connector.probe.Suggestion;
import io.laminar.connector.probe.SuggestionQuery;
import io.laminar.connector.probe.SystemReport;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.testing.s3.S3Mock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders and buckets are looked at without a job. */
@Timeout(120)
class ProbeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path folder = Path.of("");

    private static List<Suggestion> paths(OptionValues options, String prefix, int limit) {
        return Probes.suggest("filesystem", options, new SuggestionQuery("paths", prefix, Map.of(), limit), PATIENCE);
    }

    private void files() throws IOException {
        Files.createDirectories(folder.resolve("data/deep"));
        Files.writeString(folder.resolve("data/a.json"), "{}\n");
        Files.writeString(folder.resolve("data/b.json"), "{}\n{}\n");
    }

    @Test
    void pathsOfThisMachine() throws IOException {
        files();
        OptionValues none = OptionValues.EMPTY;
        String data = folder + "/data/";
        assertEquals(
                List.of(
                        new Suggestion(data + "a.json", "3 bytes"),
                        new Suggestion(data + "b.json", "6 bytes"),
                        new Suggestion(data + "deep/", "folder")),
                paths(none, data, 10));
        assertEquals(List.of(new Suggestion(data + "b.json", "6 bytes")), paths(none, data + "b", 10));
        assertEquals(1, paths(none, data, 1).size());
        SystemReport report = Probes.connect("filesystem", new OptionValues(Map.of("path", data)), PATIENCE)
                .systems()
                .get(0);
        assertEquals("3", report.details().get("entries"));
        assertEquals(1, Probes.connect("filesystem", none, PATIENCE).systems().size());
        LaminarException missing = assertThrows(
                LaminarException.class,
                () -> Probes.connect("filesystem", new OptionValues(Map.of("path", folder + "/dat")), PATIENCE));
        assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code());
        assertTrue(String.valueOf(missing.hint()).startsWith("did you mean 'data'?"), missing::describe);
    }

    @Test
    void tablesOfThisMachine() throws IOException {
        files();
        Field[] columns = {new Field("i", Scalar.INT)};
        Spec table = new Spec("filesystem", folder.resolve("data"), "json", columns);
        assertEquals(
                Map.of("files", "2", "bytes", "9"),
                Probes.table(table.table(), TableUse.SOURCE, PATIENCE).facts());
        Probes.table(
                new Spec("single_file", folder.resolve("new.json"), "json", columns).table(), TableUse.SINK, PATIENCE);
        assertFalse(Files.exists(folder.resolve("new.json")), "looking writes nothing");
    }

    @Test
    void buckets(@TempDir Path storeFolder) {
        try (S3Mock store = S3Mock.start(storeFolder.resolve("store"))) {
            store.createBucket("probed");
            Map<String, Object> options = new HashMap<>(Map.of(
                    "storage.endpoint", store.endpoint(), "storage.access_key", "key", "storage.secret_key", "s3cret"));
            OptionValues connection = new OptionValues(options);
            assertEquals(List.of(), paths(connection, "s3://probed/", 10));
            options.put("path", "s3://probed/");
            SystemReport report = Probes.connect("filesystem", new OptionValues(options), PATIENCE)
                    .systems()
                    .get(0);
            assertEquals("object store", report.system());
            assertFalse(report.toString().contains("s3cret"), report::toString);
            options.put("path", "s3://no-such-bucket/");
            LaminarException missing = assertThrows(
                    LaminarException.class, () -> Probes.connect("filesystem", new OptionValues(options), PATIENCE));
            assertEquals(ErrorCode.FILE_NOT_FOUND, missing.code(), missing::describe);
            assertFalse(missing.describe().contains("s3cret"), missing::describe);
        }
    }

    @Test
    void nobodyWaitsLongerThanAsked() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            OptionValues options = new OptionValues(Map.of(
                    "path",
                    "s3://bucket/",
                    "storage.endpoint",
                    "http://localhost:" + silent.getLocalPort(),
                    "storage.access_key",
                    "key",
                    "storage.secret_key",
                    "secret"));
            LaminarException error = assertThrows(
                    LaminarException.class, () -> Probes.connect("filesystem", options, Duration.ofMillis(700)));
            assertEquals(ErrorCode.UNREACHABLE, error.code());
        }
    }
}
