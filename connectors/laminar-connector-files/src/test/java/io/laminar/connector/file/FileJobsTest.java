package io.laminar.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.file.FileJobs.FailAfterCheckpoints;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.connector.file.source.Sources;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that copy files, on Flink itself: nothing is lost and nothing comes twice, whatever happens on the way. */
@Timeout(120)
class FileJobsTest {
    private static final Field[] COLUMNS = {new Field("i", Scalar.INT), new Field("t", Scalar.TEXT)};

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void noFailures() {
        FailAfterCheckpoints.prepare(0, 0, 0);
    }

    private Spec table(String connector, String path) {
        return new Spec(connector, folder.resolve(path), "json", COLUMNS);
    }

    private static String line(int i) {
        return "{\"i\":" + i + ",\"t\":\"row " + i + "\"}";
    }

    private static List<String> lines(int from, int to) {
        return IntStream.range(from, to).mapToObj(FileJobsTest::line).toList();
    }

    private void write(String name, int from, int to) throws IOException {
        Path path = folder.resolve(name);
        Files.createDirectories(path.getParent());
        Files.write(path, lines(from, to));
    }

    /** The lines of all finished files below a folder, by their number. */
    private List<String> written(String name) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder.resolve(name))) {
            // A failed attempt leaves its unfinished parts behind, hidden.
            paths.filter(Files::isRegularFile)
                    .filter(path -> !path.getFileName().toString().startsWith("."))
                    .forEach(path -> lines.addAll(read(path)));
        }
        lines.sort(java.util.Comparator.comparingInt(line -> Integer.parseInt(line.substring(5, line.indexOf(',')))));
        return lines;
    }

    private static List<String> read(Path path) {
        Compression compression = Compression.byExtension(path.toString());
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(compression.decompress(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            return in.lines().toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void copiesAFile() throws Exception {
        write("in.json", 0, 20_000);
        FileJobs.copy(
                table("single_file", "in.json").table(),
                table("single_file", "out.json").table(),
                1);
        assertEquals(lines(0, 20_000), read(folder.resolve("out.json")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(2, files.count(), "nothing but the two files is left");
        }
    }

    @Test
    void filesAreCompleteAtTheEndEvenWithoutCheckpoints() throws Exception {
        write("in.json", 0, 1_000);
        Spec from = table("single_file", "in.json");
        FileJobs.copyWithoutCheckpoints(from.table(), table("filesystem", "out").table());
        assertEquals(lines(0, 1_000), written("out"));
        FileJobs.copyWithoutCheckpoints(
                from.table(), table("single_file", "out.json.gz").table());
        assertEquals(lines(0, 1_000), read(folder.resolve("out.json.gz")));
    }

    @Test
    void aSingleFileSurvivesFailuresExactlyOnce() throws Exception {
        write("in.json", 0, 60_000);
        FailAfterCheckpoints.prepare(3, 2, 60_000);
        FileJobs.copy(
                Sources.of(table("single_file", "in.json").table(), 1000, 0, null),
                table("single_file", "out.json").table(),
                1);
        assertEquals(2, FailAfterCheckpoints.failures());
        assertEquals(lines(0, 60_000), read(folder.resolve("out.json")));
    }

    @Test
    void aFailureBeforeTheFirstCheckpointStartsOver() throws Exception {
        write("in.json", 0, 20_000);
        FailAfterCheckpoints.prepare(0, 1, 20_000);
        FileJobs.copy(
                Sources.of(table("single_file", "in.json").table(), 1000, 0, null),
                table("single_file", "out.json").table(),
                1);
        assertEquals(lines(0, 20_000), read(folder.resolve("out.json")));
    }

    @Test
    void compressedSingleFilesSurviveFailures() throws Exception {
        write("in.json", 0, 40_000);
        for (String name : List.of("out.json.gz", "out.json.zst")) {
            FailAfterCheckpoints.prepare(2, 1, 40_000);
            FileJobs.copy(
                    Sources.of(table("single_file", "in.json").table(), 1000, 0, null),
                    table("single_file", name).table(),
                    1);
            assertEquals(1, FailAfterCheckpoints.failures());
            assertEquals(lines(0, 40_000), read(folder.resolve(name)));
        }
    }

    @Test
    void twoReadersShareOneFileAndPartFilesSurviveFailures() throws Exception {
        write("in.json", 0, 60_000);
        FailAfterCheckpoints.prepare(3, 2, 60_000);
        FileJobs.copy(
                Sources.of(table("single_file", "in.json").table(), 1000, 100_000, null),
                table("filesystem", "out")
                        .with("rolling_policy.file_size", 300_000L)
                        .table(),
                2);
        assertEquals(2, FailAfterCheckpoints.failures());
        assertEquals(lines(0, 60_000), written("out"));
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertTrue(files.filter(f -> !f.getFileName().toString().startsWith("."))
                    .allMatch(f -> f.toString().endsWith(".json")));
        }
    }

    @Test
    void compressedPartFilesSurviveFailures() throws Exception {
        write("in.json", 0, 40_000);
        FailAfterCheckpoints.prepare(2, 1, 40_000);
        FileJobs.copy(
                Sources.of(table("single_file", "in.json").table(), 1000, 100_000, null),
                table("filesystem", "out")
                        .withFormat("json.compression", "zstd")
                        .table(),
                2);
        assertEquals(lines(0, 40_000), written("out"));
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertTrue(files.filter(f -> !f.getFileName().toString().startsWith("."))
                    .allMatch(f -> f.toString().endsWith(".json.zst")));
        }
    }

    @Test
    void everyCsvFileHasOneHeader() throws Exception {
        write("in.json", 0, 3_000);
        Spec from = table("single_file", "in.json");
        FileJobs.copy(from.table(), new Spec("single_file", folder.resolve("out.csv"), "csv", COLUMNS).table(), 1);
        List<String> lines = read(folder.resolve("out.csv"));
        assertEquals(List.of("i,t", "0,row 0"), lines.subList(0, 2));
        assertEquals(3_001, lines.size());
        FailAfterCheckpoints.prepare(2, 1, 3_000);
        Spec parts = new Spec("filesystem", folder.resolve("parts"), "csv", COLUMNS)
                .with("rolling_policy.file_size", 9_000L);
        FileJobs.copy(Sources.of(from.table(), 200, 0, null), parts.table(), 1);
        FileJobs.copy(parts.table(), table("single_file", "back.json").table(), 1);
        assertEquals(lines(0, 3_000), written("back.json"));
    }

    @Test
    void parquetFilesSurviveFailuresAndReadBack() throws Exception {
        write("in.json", 0, 20_000);
        FailAfterCheckpoints.prepare(2, 1, 20_000);
        Spec from = table("single_file", "in.json");
        Spec parts = new Spec("filesystem", folder.resolve("parts"), "parquet", COLUMNS);
        FileJobs.copy(Sources.of(from.table(), 1000, 100_000, null), parts.table(), 2);
        assertEquals(1, FailAfterCheckpoints.failures());
        FailAfterCheckpoints.prepare(0, 0, 0);
        FileJobs.copy(parts.table(), table("single_file", "back.json").table(), 1);
        assertEquals(lines(0, 20_000), written("back.json"));
    }

    @Test
    void partitionsByValueAndTime() throws Exception {
        Files.write(
                folder.resolve("in.json"), List.of("{\"i\":1,\"t\":\"a/b\"}", "{\"i\":2,\"t\":\"c\"}", "{\"i\":3}"));
        FileJobs.copy(
                table("single_file", "in.json").table(),
                table("filesystem", "out")
                        .with("partitioning.fields", List.of("t"))
                        .with("partitioning.time_pattern", "%Y")
                        .with("filename.prefix", "rows")
                        .with("filename.suffix", ".ndjson")
                        .table(),
                1);
        List<String> found = new ArrayList<>();
        try (Stream<Path> paths = Files.walk(folder.resolve("out"))) {
            paths.filter(Files::isRegularFile).forEach(path -> {
                Path parent = folder.resolve("out").relativize(path.getParent());
                assertTrue(path.getFileName().toString().matches("rows-.*-0\\.ndjson"), path.toString());
                found.add(parent + " " + read(path));
            });
        }
        Collections.sort(found);
        String year = String.valueOf(java.time.Year.now(java.time.ZoneOffset.UTC));
        assertEquals(
                List.of(
                        year + "/t=__HIVE_DEFAULT_PARTITION__ [{\"i\":3,\"t\":null}]",
                        year + "/t=a%2Fb [{\"i\":1,\"t\":\"a/b\"}]",
                        year + "/t=c [{\"i\":2,\"t\":\"c\"}]"),
                found);
    }

    @Test
    void readsAllFilesOfAFolderByPattern() throws Exception {
        write("in/a/1.json", 0, 10);
        write("in/b.json", 10, 20);
        write("in/b.txt", 90, 95);
        write("in/.hidden.json", 95, 99);
        FileJobs.copy(
                table("filesystem", "in")
                        .with("source.regex_pattern", ".*\\.json")
                        .table(),
                table("single_file", "out.json").table(),
                1);
        assertEquals(lines(0, 20), read(folder.resolve("out.json")));
        FileJobs.copy(
                table("filesystem", "in/*.json").table(),
                table("single_file", "glob.json").table(),
                1);
        assertEquals(lines(10, 20), read(folder.resolve("glob.json")));
    }

    @Test
    void readsThroughSymbolicLinks() throws Exception {
        write("real/a.json", 0, 10);
        write("real/deep/b.json", 10, 20);
        write("real/c.txt", 90, 95);
        Files.createSymbolicLink(folder.resolve("real/deep/back"), folder.resolve("real"));
        Files.createDirectory(folder.resolve("clone"));
        Files.createSymbolicLink(folder.resolve("clone/examples"), folder);
        for (String path : List.of("clone/examples/real", "clone/examples/real/*.json")) {
            String out = "out" + path.length() + ".json";
            FileJobs.copy(
                    table("filesystem", path)
                            .with("source.regex_pattern", ".*[ab]\\.json")
                            .table(),
                    table("single_file", out).table(),
                    1);
            assertEquals(lines(0, path.endsWith("*.json") ? 10 : 20), read(folder.resolve(out)));
        }
        Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("real"));
        Spec from = table("filesystem", "linked")
                .with("source.regex_pattern", "a\\.json")
                .with("source.discovery_interval", 5_000L);
        JobClient job = FileJobs.start(
                from.table(), table("single_file", "out.json").table(), 1, folder.resolve("state"), null);
        awaitLines(10);
        job.cancel().get();
    }

    @Test
    void findsNewFilesAndGoesOnFromASavepoint() throws Exception {
        write("in/1.json", 0, 10);
        Spec from = table("filesystem", "in").with("source.discovery_interval", 5_000L);
        Spec to = table("single_file", "out.json");
        JobClient first = FileJobs.start(from.table(), to.table(), 1, folder.resolve("state"), null);
        awaitLines(10);
        write("in/2.json", 10, 20);
        awaitLines(20);
        String savepoint = first.stopWithSavepoint(
                        false, folder.resolve("state").toUri().toString(), SavepointFormatType.CANONICAL)
                .get();
        write("in/3.json", 20, 30);
        JobClient second = FileJobs.start(from.table(), to.table(), 1, folder.resolve("state"), savepoint);
        awaitLines(30);
        second.cancel().get();
        assertEquals(lines(0, 30), read(folder.resolve("out.json")));
    }

    /** Watches the output grow; the test's time limit ends a job that does not deliver. */
    private void awaitLines(int count) {
        Path out = folder.resolve("out.json");
        while (!Files.exists(out) || read(out).size() < count) {
            Thread.onSpinWait();
        }
    }

    @Test
    void outputsThatCannotBeWrittenSayWhy() throws Exception {
        write("in.json", 0, 10);
        for (Spec to : List.of(table("single_file", "in.json/x/out.json"), table("filesystem", "in.json/x"))) {
            Exception failure = assertThrows(
                    Exception.class,
                    () -> FileJobs.copy(table("single_file", "in.json").table(), to.table(), 1));
            LaminarException error = ExceptionUtils.findThrowable(failure, LaminarException.class)
                    .orElseThrow();
            assertEquals(ErrorCode.OUTPUT_FAILED, error.code());
            assertTrue(error.reason().contains("cannot be written"), error.reason());
        }
    }

    @Test
    void anOutputThatExistsIsNeverTouched() throws Exception {
        write("in.json", 0, 10);
        Files.writeString(folder.resolve("out.json"), "precious\n");
        Exception failure = assertThrows(
                Exception.class,
                () -> FileJobs.copy(
                        table("single_file", "in.json").table(),
                        table("single_file", "out.json").table(),
                        1));
        LaminarException error =
                ExceptionUtils.findThrowable(failure, LaminarException.class).orElseThrow();
        assertEquals(ErrorCode.OUTPUT_EXISTS, error.code());
        assertEquals("precious\n", Files.readString(folder.resolve("out.json")));
    }
}
