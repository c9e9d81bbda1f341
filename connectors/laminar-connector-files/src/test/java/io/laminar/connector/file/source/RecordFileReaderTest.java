package io.laminar.connector.file.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.connector.file.Compression;
import io.laminar.connector.file.FileTables.Spec;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.Framing;
import io.laminar.spi.table.BadDataPolicy;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordFileReaderTest {
    @TempDir
    private Path folder = Path.of("");

    private Spec json(Path path) {
        return new Spec("single_file", path, "json", new Field("i", Scalar.INT), new Field("t", Scalar.TEXT));
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Test
    void everyRowIsInExactlyOneSplitWhereverFilesAreCutAndReadingStops() throws IOException {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "\ufeff" : "");
            List<List<@Nullable Object>> expected = new ArrayList<>();
            List<String> bad = new ArrayList<>();
            int lines = random.nextInt(60);
            for (int i = 0; i < lines; i++) {
                switch (random.nextInt(8)) {
                    case 0 -> text.append(random.nextBoolean() ? "\n" : "  \r\n");
                    case 1 -> {
                        String broken = "{\"i\":" + i + ",\"t\":" + "z".repeat(random.nextInt(50)) + "!";
                        bad.add(broken);
                        text.append(broken).append('\n');
                    }
                    default -> {
                        String t = "ü".repeat(random.nextInt(random.nextInt(10) == 0 ? 200 : 20));
                        expected.add(List.of(i, t));
                        text.append("{\"i\":")
                                .append(i)
                                .append(",\"t\":\"")
                                .append(t)
                                .append("\"}");
                        text.append(i == lines - 1 && random.nextBoolean() ? "" : random.nextBoolean() ? "\n" : "\r\n");
                    }
                }
            }
            Path path = file("lines-" + seed + ".json", text.toString());
            int chunk = 1 + random.nextInt(120);
            long split = 1 + random.nextInt(400);
            Reading reading =
                    new Reading(json(path).with(BadDataPolicy.DEAD_LETTER).table(), chunk, split);
            for (FileSourceSplit part : reading.splits()) {
                FileSourceSplit position = part;
                while (position != null) {
                    position = reading.read(position, 1 + random.nextInt(5));
                }
            }
            String context = "seed " + seed + ", chunk " + chunk + ", split " + split;
            assertEquals(expected, reading.rows, context);
            assertEquals(bad.size(), reading.badRecords.getCount(), context);
            assertEquals(
                    bad,
                    reading.letters.stream()
                            .map(letter -> new String((byte[]) letter.get(5), StandardCharsets.UTF_8))
                            .toList(),
                    context);
        }
    }

    @Test
    void readsCompressedFilesWhole() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            text.append("{\"i\":").append(i).append("}\n");
        }
        for (Compression compression : List.of(Compression.GZIP, Compression.ZSTD)) {
            Path path = folder.resolve("lines.json" + compression.extension());
            // Two compressed streams one after the other are one content.
            for (String half : List.of(text.substring(0, 500), text.substring(500))) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                try (OutputStream out = compression.compress(bytes)) {
                    out.write(half.getBytes(StandardCharsets.UTF_8));
                }
                Files.write(
                        path,
                        bytes.toByteArray(),
                        java.nio.file.StandardOpenOption.CREATE,
                        java.nio.file.StandardOpenOption.APPEND);
            }
            Reading reading = new Reading(json(path).table(), 100, 200);
            assertEquals(1, reading.splits().size());
            FileSourceSplit position = reading.splits().iterator().next();
            while (position != null) {
                position = reading.read(position, 20);
            }
            assertEquals(1000, reading.rows.size(), compression.name());
            assertEquals(Arrays.asList(999, null), reading.rows.get(999));
        }
    }

    @Test
    void damagedCompressedFilesAreUnreadable() throws IOException {
        Path path = file("lines.json.gz", "{\"i\":1}\n");
        LaminarException error = assertThrows(
                LaminarException.class, () -> new Reading(json(path).table(), 100, 0).all());
        assertEquals(ErrorCode.FILE_UNREADABLE, error.code());
        assertTrue(error.reason().contains("lines.json.gz cannot be read: Not in GZIP format"), error.reason());
    }

    @Test
    void aBadRecordFailsWithFileLineAndOffset() throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 500; i++) {
            text.append("{\"i\":").append(i == 321 ? "oops" : i).append("}\n");
        }
        Path path = file("bad.json", text.toString());
        Reading reading = new Reading(json(path).table(), 64, 100);
        LaminarException error = assertThrows(LaminarException.class, reading::all);
        assertEquals(ErrorCode.BAD_RECORD, error.code());
        assertEquals(path + ", line 322, byte " + text.indexOf("{\"i\":oops"), String.valueOf(error.place()));
        assertTrue(error.reason().contains("expected a value, found oops"), error.reason());
        assertTrue(String.valueOf(error.hint()).contains("bad_data = 'drop'"));
        assertEquals(321, reading.rows.size());
    }

    @Test
    void badRecordsAreDroppedAndCounted() throws IOException {
        Path path = file("bad.json", "{\"i\":1}\n{\"i\":x}\n\n{\"i\":2}\n{\"i\":");
        Reading reading = new Reading(json(path).with(BadDataPolicy.DROP).table(), 1000, 0).all();
        assertEquals(2, reading.rows.size());
        assertEquals(2, reading.badRecords.getCount());
        assertTrue(reading.letters.isEmpty());
    }

    @Test
    void deadLettersKeepTheRecordAndWhereItWas() throws IOException {
        Path path = file("bad.json", "{\"i\":1}\n{\"i\":x}\n\n{\"i\":2}\n");
        Reading reading = new Reading(json(path).with(BadDataPolicy.DEAD_LETTER).table(), 1000, 0).all();
        assertEquals(1, reading.letters.size());
        List<@Nullable Object> letter = reading.letters.get(0);
        assertEquals(List.of(path.toString(), 2L, 8L, "LAM-5001"), letter.subList(0, 4));
        assertEquals("{\"i\":x}", new String((byte[]) letter.get(5), StandardCharsets.UTF_8));
    }

    @Test
    void linesLongerThanAllowedAreGivenUpWithoutReadingThemWhole() throws IOException {
        String large = "x".repeat(100_000);
        Path path = file("long.json", "{\"i\":1}\n{\"t\":\"" + large + "\"}\n{\"i\":2}\n{\"t\":\"" + large);
        Spec spec = json(path).with(Framing.MAX_LENGTH.name(), 1000L);
        for (int chunk : new int[] {100, 999, 5000, 1 << 20}) {
            Reading reading = new Reading(spec.with(BadDataPolicy.DEAD_LETTER).table(), chunk, 0).all();
            assertEquals(List.of(Arrays.asList(1, null), Arrays.asList(2, null)), reading.rows, "chunk " + chunk);
            assertEquals(2, reading.letters.size(), "chunk " + chunk);
            assertTrue(String.valueOf(reading.letters.get(0).get(4)).contains("longer than"), "chunk " + chunk);
            assertEquals(8L, reading.letters.get(0).get(2));
        }
    }

    @Test
    void aLineOfManyChunks() throws IOException {
        String large = "y".repeat(3 << 20);
        Path path = file("long.json", "{\"i\":1}\n{\"t\":\"" + large + "\"}\n");
        assertEquals(
                large,
                new Reading(json(path).table(), 4096, 0).all().rows.get(1).get(1));
    }

    @Test
    void columnsOfTheFile() throws IOException {
        Path path = file("meta.json", "\n{\"i\":1}\nbad\n  {\"i\":2}\n{\"i\":3}");
        Files.setLastModifiedTime(path, FileTime.fromMillis(7));
        Spec spec = new Spec(
                        "single_file",
                        path,
                        "json",
                        new Field("at", Scalar.BIGINT),
                        new Field("i", Scalar.INT),
                        new Field("name", Scalar.TEXT),
                        new Field("p", Scalar.TEXT),
                        new Field("m", Scalar.TIMESTAMP))
                .withMetadata("at", "offset")
                .withMetadata("name", "filename")
                .withMetadata("p", "path")
                .withMetadata("m", "modification_time")
                .with(BadDataPolicy.DROP);
        for (int chunk : new int[] {1, 5, 1000}) {
            Reading reading = new Reading(spec.table(), chunk, 0).all();
            assertEquals(
                    List.of(
                            List.of(1L, 1, "meta.json", path.toString(), 7000L),
                            List.of(13L, 2, "meta.json", path.toString(), 7000L),
                            List.of(23L, 3, "meta.json", path.toString(), 7000L)),
                    reading.rows,
                    "chunk " + chunk);
        }
    }

    @Test
    void csvGoesOnInTheMiddleWithTheNamesOfItsHeader() throws IOException {
        StringBuilder text = new StringBuilder("\ufefft,other,i\n");
        List<List<@Nullable Object>> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            text.append("\"line\n").append(i).append("\",x,").append(i).append('\n');
            expected.add(List.of(i, "line\n" + i));
        }
        Path path = file("table.csv", text.toString());
        Spec spec = new Spec("single_file", path, "csv", new Field("i", Scalar.INT), new Field("t", Scalar.TEXT));
        for (int chunk : new int[] {3, 50, 10_000}) {
            Reading reading = new Reading(spec.table(), chunk, 100);
            assertEquals(1, reading.splits().size());
            FileSourceSplit position = reading.splits().iterator().next();
            while (position != null) {
                position = reading.read(position, 30);
            }
            assertEquals(expected, reading.rows, "chunk " + chunk);
        }
    }

    @Test
    void rowsHaveTheTimeOfArrival() throws IOException {
        Path path = file("one.json", "{\"i\":1}\n{\"i\":2}\n");
        Reading reading = new Reading(json(path).table(), 1000, 0).all();
        assertEquals(5000L, reading.batches.get(0).rowtime()[1]);
    }

    @Test
    void emptyFilesHaveNoRows() throws IOException {
        assertTrue(new Reading(json(file("empty.json", "")).table(), 100, 0)
                .all()
                .rows
                .isEmpty());
        assertTrue(new Reading(json(file("blank.json", "\n \n")).table(), 100, 0)
                .all()
                .rows
                .isEmpty());
    }

    @Test
    void aFileThatVanishesIsNamed() throws IOException {
        Path path = file("gone.json", "{\"i\":1}\n");
        Reading reading = new Reading(json(path).table(), 100, 0);
        FileSourceSplit split = reading.splits().iterator().next();
        Files.delete(path);
        LaminarException error = assertThrows(LaminarException.class, () -> reading.read(split, 1));
        assertEquals(ErrorCode.FILE_NOT_FOUND, error.code());
    }
}
