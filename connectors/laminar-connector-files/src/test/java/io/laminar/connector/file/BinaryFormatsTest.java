package io.laminar.connector.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.file.FileJobs.FailAfterCheckpoints;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.connector.file.source.Sources;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Avro and Protobuf through files, on Flink itself: what is written reads back, through failures as well. */
@Timeout(120)
class BinaryFormatsTest {
    private static final Field[] COLUMNS = {new Field("i", Scalar.INT), new Field("t", Scalar.TEXT)};
    private static final int ROWS = 10_000;

    @TempDir
    private Path folder = Path.of("");

    @BeforeEach
    void noFailures() {
        FailAfterCheckpoints.prepare(0, 0, 0);
    }

    private Spec table(String connector, String path, String format) {
        return new Spec(connector, folder.resolve(path), format, COLUMNS);
    }

    private static List<String> lines() {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> "{\"i\":" + i + ",\"t\":\"row " + i + "\"}")
                .toList();
    }

    private Spec json() throws IOException {
        Files.write(folder.resolve("in.json"), lines());
        return table("single_file", "in.json", "json");
    }

    /** Copies to JSON and looks at the lines, which may have come in any order. */
    private void assertSame(Spec written, long splitBytes) throws Exception {
        FileJobs.copy(
                Sources.of(written.table(), 4_000, splitBytes, null),
                table("single_file", "out.json", "json").table(),
                1);
        List<String> read = Files.readAllLines(folder.resolve("out.json"));
        assertEquals(lines().stream().sorted().toList(), read.stream().sorted().toList());
    }

    @Test
    void avroContainersAreCutAndCompressed() throws Exception {
        Spec containers = table("filesystem", "avro", "avro").withFormat("avro.compression", "deflate");
        FileJobs.copy(json().table(), containers.table(), 2);
        assertSame(containers, 20_000);
    }

    @Test
    void avroContainersSurviveFailures() throws Exception {
        FailAfterCheckpoints.prepare(2, 2, ROWS);
        Spec containers = table("filesystem", "avro", "avro");
        FileJobs.copy(Sources.of(json().table(), 1_000, 0, null), containers.table(), 1);
        assertEquals(2, FailAfterCheckpoints.failures());
        FailAfterCheckpoints.prepare(1, 1, ROWS);
        assertSame(containers, 10_000);
    }

    @Test
    void datumsFollowOneAnotherInOneFile() throws Exception {
        Spec datums = table("single_file", "datums.avro", "avro").withFormat("avro.raw_datums", true);
        FailAfterCheckpoints.prepare(2, 2, ROWS);
        FileJobs.copy(Sources.of(json().table(), 1_000, 0, null), datums.table(), 1);
        FailAfterCheckpoints.prepare(2, 2, ROWS);
        assertSame(datums, 0);
        assertEquals(2, FailAfterCheckpoints.failures());
    }

    @Test
    void aDamagedStreamOfDatumsFailsWhateverThePolicy() throws Exception {
        Spec datums = table("single_file", "datums.avro", "avro")
                .withFormat("avro.raw_datums", true)
                .with(BadDataPolicy.DROP);
        FileJobs.copy(json().table(), datums.table(), 1);
        byte[] bytes = Files.readAllBytes(folder.resolve("datums.avro"));
        bytes[bytes.length / 2] = -1;
        bytes[bytes.length / 2 + 1] = -1;
        Files.write(folder.resolve("datums.avro"), bytes);
        Exception failed = assertThrows(Exception.class, () -> assertSame(datums, 0));
        LaminarException reason =
                ExceptionUtils.findThrowable(failed, LaminarException.class).orElseThrow();
        assertEquals(ErrorCode.BAD_RECORD, reason.code());
    }

    @Test
    void protobufMessagesFollowTheirLengths() throws Exception {
        Spec messages = table("single_file", "messages.bin.gz", "protobuf");
        FailAfterCheckpoints.prepare(2, 2, ROWS);
        FileJobs.copy(Sources.of(json().table(), 1_000, 0, null), messages.table(), 1);
        FailAfterCheckpoints.prepare(2, 2, ROWS);
        assertSame(messages, 0);
    }

    @Test
    void aBadMessageIsNamedByItsPlace() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[] {2, 8, 5, 2, 8, 6, 1, 14, 2, 8, 7});
        Files.write(folder.resolve("messages.bin"), bytes.toByteArray());
        Spec messages = table("single_file", "messages.bin", "protobuf");
        Exception failed = assertThrows(
                Exception.class,
                () -> FileJobs.copyWithoutCheckpoints(
                        messages.table(),
                        table("single_file", "out.json", "json").table()));
        String text = ExceptionUtils.findThrowable(failed, LaminarException.class)
                .orElseThrow()
                .describe();
        assertTrue(text.contains("messages.bin, offset 7): a field has the unknown wire type 6"), text);
        FileJobs.copyWithoutCheckpoints(
                messages.with(BadDataPolicy.DROP).table(),
                table("single_file", "rest.json", "json").table());
        assertEquals(
                List.of("{\"i\":5,\"t\":null}", "{\"i\":6,\"t\":null}", "{\"i\":7,\"t\":null}"),
                Files.readAllLines(folder.resolve("rest.json")));
    }
}
