package io.laminar.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.TableUse;
import io.laminar.connector.file.FileJobs.FailAfterCheckpoints;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.connector.file.source.Sources;
import io.laminar.connector.storage.StorageSettings;
import io.laminar.connector.storage.Storages;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.testing.s3.S3Mock;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tables of files in an object store: read, written exactly once through failures, and refused in plain words. */
@Timeout(180)
class S3FilesTest {
    private static final int ROWS = 40_000;
    private static final Field[] COLUMNS = {new Field("i", Scalar.INT), new Field("t", Scalar.TEXT)};

    private static S3Mock store;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void start(@TempDir Path folder) {
        store = S3Mock.start(folder.resolve("store"));
        store.createBucket("tables");
    }

    @AfterAll
    static void stop() {
        store.close();
    }

    private static TableDescriptor table(String connector, String path, Map<String, Object> more) {
        TableDescriptor local = new Spec(connector, Path.of("unused"), "json", COLUMNS).table();
        Map<String, Object> options = new HashMap<>(local.options().asMap());
        options.put("path", path);
        options.put("storage.endpoint", store.endpoint());
        options.put("storage.access_key", "key");
        options.put("storage.secret_key", "secret");
        options.putAll(more);
        return new TableDescriptor(
                local.name(),
                connector,
                local.schema(),
                local.metadata(),
                local.primaryKey(),
                local.partitionedBy(),
                new OptionValues(options),
                local.format(),
                local.badData());
    }

    private static TableDescriptor table(String path) {
        return table("filesystem", path, Map.of());
    }

    private static List<String> lines() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"i\":" + i + ",\"t\":\"row " + i + "\"}")
                .toList();
    }

    /** The lines of all finished files below a path, by their number. */
    private static List<String> written(String path) throws IOException {
        StorageSettings settings = StorageSettings.of(table(path).options());
        org.apache.flink.core.fs.Path root = Storages.path(path, settings);
        List<String> lines = new ArrayList<>();
        collect(root.getFileSystem(), root, lines);
        lines.sort(Comparator.comparingInt(line -> Integer.parseInt(line.substring(5, line.indexOf(',')))));
        return lines;
    }

    private static void collect(FileSystem files, org.apache.flink.core.fs.Path path, List<String> lines)
            throws IOException {
        for (FileStatus status : files.listStatus(path)) {
            if (status.isDir()) {
                collect(files, status.getPath(), lines);
            } else if (!status.getPath().getName().startsWith(".")) {
                try (BufferedReader in = new BufferedReader(
                        new InputStreamReader(files.open(status.getPath()), StandardCharsets.UTF_8))) {
                    in.lines().forEach(lines::add);
                }
            }
        }
    }

    private Spec input() throws IOException {
        Path file = folder.resolve("in.json");
        Files.write(file, lines());
        return new Spec("single_file", file, "json", COLUMNS);
    }

    @Test
    void partFilesSurviveFailuresExactlyOnceAndAreReadAgain() throws Exception {
        FailAfterCheckpoints.prepare(3, 2, ROWS);
        FileJobs.copy(Sources.of(input().table(), 1000, 0, null), table("s3://tables/out"), 2);
        assertEquals(2, FailAfterCheckpoints.failures());
        assertEquals(lines(), written("s3://tables/out"));
        FailAfterCheckpoints.prepare(2, 1, ROWS);
        FileJobs.copy(table("s3://tables/out/part-*.json"), table("s3://tables/again"), 2);
        assertEquals(lines(), written("s3://tables/again"));
    }

    @Test
    void whatCannotBeReachedIsRefusedBefore() {
        assertRefused(table("s3://nowhere/x"), TableUse.SINK, ErrorCode.FILE_NOT_FOUND, "no bucket 'nowhere'");
        assertRefused(table("s3://tables/nothing"), TableUse.SOURCE, ErrorCode.FILE_NOT_FOUND, "does not exist");
        assertRefused(table("s3://"), TableUse.SINK, ErrorCode.INVALID_OPTION, "names no bucket");
        assertRefused(
                table("filesystem", "s3://tables/x", Map.of("storage.endpoint", "http://127.0.0.1:1")),
                TableUse.SINK,
                ErrorCode.UNREACHABLE,
                "does not answer");
        assertRefused(table("gs://tables/x"), TableUse.SINK, ErrorCode.INVALID_OPTION, "storage.* options");
        assertRefused(
                new Spec("filesystem", Path.of("x"), "json", COLUMNS)
                        .with("storage.endpoint", "http://x")
                        .table(),
                TableUse.SINK,
                ErrorCode.INVALID_OPTION,
                "storage.* options");
        assertRefused(
                table("single_file", "s3://tables/x.json", Map.of()),
                TableUse.SINK,
                ErrorCode.INVALID_OPTION,
                "cannot grow");
    }

    private static void assertRefused(TableDescriptor table, TableUse use, ErrorCode code, String reason) {
        LaminarException error =
                assertThrows(LaminarException.class, () -> io.laminar.connector.Connectors.named(table.connector())
                        .check(table, use));
        assertEquals(code, error.code(), error::describe);
        assertTrue(error.reason().contains(reason), error::describe);
        assertTrue(!error.describe().contains("laminar0") && !error.describe().contains("secret"), error::describe);
    }
}
