package io.laminar.connector.file;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.ChangelogSupport;
import io.laminar.connector.Connectors;
import io.laminar.connector.SinkConnector;
import io.laminar.connector.SourceConnector;
import io.laminar.connector.TableUse;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a job starts, and what tables say of themselves. */
class FileConnectorsTest {
    @TempDir
    private Path folder = Path.of("");

    private Spec table(String connector, String path) {
        return new Spec(connector, folder.resolve(path), "json", new Field("i", Scalar.INT));
    }

    private static LaminarException refused(Spec spec, TableUse use) {
        return assertThrows(LaminarException.class, () -> spec.check(use));
    }

    @Test
    void aMissingFileNamesTheOneThatWasMeant() throws IOException {
        Files.writeString(folder.resolve("flights.ndjson"), "");
        LaminarException error = refused(table("single_file", "flihgts.ndjson"), TableUse.SOURCE);
        assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
        assertEquals("'" + folder.resolve("flihgts.ndjson") + "' does not exist", error.reason());
        assertEquals("did you mean 'flights.ndjson'? (in " + folder + ")", error.hint());
    }

    @Test
    void aMissingFolderIsNamedItself() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        LaminarException error = refused(table("single_file", "dta/flights.ndjson"), TableUse.SOURCE);
        assertTrue(error.reason().endsWith("does not exist: there is no " + folder.resolve("dta")), error.reason());
        assertEquals("did you mean 'data'? (in " + folder + ")", error.hint());
        assertEquals(
                ErrorCode.FILE_NOT_FOUND,
                refused(table("filesystem", "dta"), TableUse.SOURCE).code());
    }

    @Test
    void aFolderIsNoFile() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        LaminarException source = refused(table("single_file", "data"), TableUse.SOURCE);
        assertEquals(ErrorCode.FILE_UNREADABLE, source.code());
        assertTrue(String.valueOf(source.hint()).contains("'filesystem'"));
        assertEquals(
                ErrorCode.OUTPUT_EXISTS,
                refused(table("single_file", "data"), TableUse.SINK).code());
        Files.writeString(folder.resolve("file"), "");
        assertEquals(
                ErrorCode.OUTPUT_EXISTS,
                refused(table("filesystem", "file"), TableUse.SINK).code());
    }

    @Test
    void storageElsewhereIsRefused() {
        for (String connector : List.of("single_file", "filesystem")) {
            Spec spec = new Spec(connector, Path.of("gs:/bucket/data"), "json", new Field("i", Scalar.INT));
            LaminarException error = refused(spec, TableUse.SOURCE);
            assertEquals(ErrorCode.INVALID_OPTION, error.code());
            assertTrue(error.reason().contains("storage 'gs' cannot be reached"), error.reason());
        }
    }

    @Test
    void patternsHaveToMatchSomething() throws IOException {
        Files.createDirectory(folder.resolve("data"));
        assertDoesNotThrow(
                () -> table("filesystem", "data/*.json").check(TableUse.SOURCE), "an empty folder is no error");
        Files.writeString(folder.resolve("data/a.txt"), "");
        assertEquals(
                ErrorCode.FILE_NOT_FOUND,
                refused(table("filesystem", "data/*.json"), TableUse.SOURCE).code());
        Spec regex = table("filesystem", "data").with("source.regex_pattern", ".*\\.json");
        assertEquals(ErrorCode.FILE_NOT_FOUND, refused(regex, TableUse.SOURCE).code());
        assertDoesNotThrow(
                () -> regex.with("source.discovery_interval", 1_000_000L).check(TableUse.SOURCE));
        assertDoesNotThrow(() -> table("filesystem", "data/?.txt").check(TableUse.SOURCE));
        LaminarException wrong =
                refused(table("filesystem", "data").with("source.regex_pattern", "(x"), TableUse.SOURCE);
        assertEquals(ErrorCode.INVALID_OPTION, wrong.code());
    }

    @Test
    void patternsMatchWhatIsBehindSymbolicLinks() throws IOException {
        Files.createDirectories(folder.resolve("real/deep"));
        Files.writeString(folder.resolve("real/deep/a.json"), "");
        Files.createDirectory(folder.resolve("data"));
        Files.writeString(folder.resolve("data/b.txt"), "");
        Files.createSymbolicLink(folder.resolve("data/linked"), folder.resolve("real"));
        // A link back must not be followed for ever.
        Files.createSymbolicLink(folder.resolve("real/deep/back"), folder.resolve("real"));
        assertDoesNotThrow(() -> table("filesystem", "data")
                .with("source.regex_pattern", "linked/deep/a\\.json")
                .check(TableUse.SOURCE));
        Files.createSymbolicLink(folder.resolve("other"), folder.resolve("real/deep"));
        assertDoesNotThrow(() -> table("filesystem", "other/*.json").check(TableUse.SOURCE));
        assertEquals(
                ErrorCode.FILE_NOT_FOUND,
                refused(table("filesystem", "other").with("source.regex_pattern", "b.*"), TableUse.SOURCE)
                        .code());
    }

    @Test
    void relativePathsStartInTheWorkingDirectory() {
        Location location = Location.of("data/x.json", null);
        assertEquals(Path.of("").toAbsolutePath().resolve("data/x.json"), location.local());
        assertEquals(Path.of("/tmp/x"), Location.of("file:///tmp/x", null).local());
        assertEquals(Path.of("/a"), Location.of("/a/*/c[0-9].json", null).local());
    }

    @Test
    void partitionColumnsMustExist() {
        LaminarException error =
                refused(table("filesystem", "out").with("partitioning.fields", List.of("j")), TableUse.SINK);
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        LaminarException pattern =
                refused(table("filesystem", "out").with("partitioning.time_pattern", "%Y/%Q"), TableUse.SINK);
        assertTrue(pattern.reason().contains("unknown field '%Q'"), pattern.reason());
    }

    @Test
    void wholeFileFormatsNeedAFolder() {
        Spec spec = new Spec("single_file", folder.resolve("out.parquet"), "parquet", new Field("i", Scalar.INT));
        LaminarException error = refused(spec, TableUse.SINK);
        assertEquals(ErrorCode.INVALID_OPTION, error.code());
        assertTrue(String.valueOf(error.hint()).contains("'filesystem'"));
    }

    @Test
    void offsetsNeedRecordsWithAKnownPlace() throws IOException {
        Files.writeString(folder.resolve("in.csv"), "i\n1\n");
        Spec csv = new Spec(
                        "single_file",
                        folder.resolve("in.csv"),
                        "csv",
                        new Field("i", Scalar.INT),
                        new Field("at", Scalar.BIGINT))
                .withMetadata("at", "offset");
        assertEquals(ErrorCode.INVALID_SCHEMA, refused(csv, TableUse.SOURCE).code());
    }

    @Test
    void tablesSayWhatTheyAre() {
        SourceConnector source = (SourceConnector) Connectors.named("filesystem");
        assertTrue(source.bounded(table("filesystem", "in").table()));
        assertFalse(source.bounded(
                table("filesystem", "in").with("source.discovery_interval", 1L).table()));
        SinkConnector sink = (SinkConnector) Connectors.named("single_file");
        assertFalse(sink.parallel(table("single_file", "out").table()));
        assertEquals(
                ChangelogSupport.APPEND,
                sink.changelogSupport(table("single_file", "out").table()));
        Spec changes = new Spec("single_file", folder.resolve("out"), "debezium_json", new Field("i", Scalar.INT));
        assertEquals(ChangelogSupport.RETRACT, sink.changelogSupport(changes.table()));
    }
}
