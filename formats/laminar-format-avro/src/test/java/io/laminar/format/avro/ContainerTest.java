package io.laminar.format.avro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.format.FileWriter;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RandomAccessInput;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileReader;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.file.SeekableByteArrayInput;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContainerTest {
    private static final Schema SCHEMA = new Schema.Parser()
            .parse("{\"type\":\"record\",\"name\":\"R\",\"fields\":[{\"name\":\"i\",\"type\":\"long\"},"
                    + "{\"name\":\"t\",\"type\":[\"null\",\"string\"]}]}");
    private static final Field[] COLUMNS = {new Field("t", Scalar.TEXT), new Field("i", Scalar.BIGINT)};

    private record Bytes(byte[] content) implements RandomAccessInput {
        @Override
        public long length() {
            return content.length;
        }

        @Override
        public void readFully(long position, byte[] target, int offset, int count) throws IOException {
            if (position + count > content.length) {
                throw new EOFException();
            }
            System.arraycopy(content, (int) position, target, offset, count);
        }

        @Override
        public String name() {
            return "memory.avro";
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static List<List<@Nullable Object>> rows(int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            rows.add(Arrays.asList(i % 7 == 0 ? null : "row " + i, i * i));
        }
        return rows;
    }

    private static byte[] written(List<List<@Nullable Object>> rows, CodecFactory codec, int syncInterval)
            throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataFileWriter<GenericRecord> writer = new DataFileWriter<>(new GenericDatumWriter<>(SCHEMA))) {
            writer.setCodec(codec).setSyncInterval(syncInterval).create(SCHEMA, bytes);
            for (List<@Nullable Object> row : rows) {
                writer.append(new GenericRecordBuilder(SCHEMA)
                        .set("t", row.get(0))
                        .set("i", row.get(1))
                        .build());
            }
        }
        return bytes.toByteArray();
    }

    private static List<List<@Nullable Object>> read(FormatSpec spec, byte[] file, long from, long to, long skip)
            throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (FileReader reader = Avro.FORMAT.open(new Bytes(file), spec, from, to)) {
            reader.skip(skip);
            for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                rows.addAll(Avro.rows(spec.projected(), batch));
            }
        }
        return rows;
    }

    @Test
    void readsFilesOfTheLibrary() throws IOException {
        List<List<@Nullable Object>> rows = rows(6_000);
        FormatSpec spec = Avro.spec(Map.of(), COLUMNS);
        for (CodecFactory codec : List.of(
                CodecFactory.nullCodec(),
                CodecFactory.deflateCodec(6),
                CodecFactory.snappyCodec(),
                CodecFactory.zstandardCodec(3),
                CodecFactory.bzip2Codec())) {
            for (int interval : new int[] {100, 16_000, 4_000_000}) {
                byte[] file = written(rows, codec, interval);
                assertEquals(rows, read(spec, file, 0, file.length, 0), codec + ", blocks of " + interval);
            }
        }
        byte[] empty = written(List.of(), CodecFactory.nullCodec(), 100);
        assertEquals(List.of(), read(spec, empty, 0, empty.length, 0));
    }

    @Test
    void everyRowIsInOnePart() throws IOException {
        List<List<@Nullable Object>> rows = rows(2_000);
        byte[] file = written(rows, CodecFactory.deflateCodec(1), 500);
        FormatSpec spec = Avro.spec(Map.of(), COLUMNS);
        Random random = new Random(5);
        for (int round = 0; round < 8; round++) {
            List<List<@Nullable Object>> found = new ArrayList<>();
            long from = 0;
            while (from < file.length) {
                long to = Math.min(file.length, from + 1 + random.nextInt(round == 0 ? 200 : 9_000));
                found.addAll(read(spec, file, from, to, 0));
                from = to;
            }
            assertEquals(rows, found, "round " + round);
        }
    }

    @Test
    void readingGoesOnAtAnyRow() throws IOException {
        List<List<@Nullable Object>> rows = rows(9_000);
        FormatSpec spec = Avro.spec(Map.of(), COLUMNS);
        for (int interval : new int[] {200, 4_000_000}) {
            byte[] file = written(rows, CodecFactory.snappyCodec(), interval);
            for (int skip : new int[] {0, 1, 4_095, 4_096, 4_097, 8_999, 9_000, 13_000}) {
                assertEquals(
                        rows.subList(Math.min(skip, rows.size()), rows.size()),
                        read(spec, file, 0, file.length, skip),
                        "skip " + skip);
            }
        }
    }

    @Test
    void theLibraryReadsWhatIsWritten() throws IOException {
        List<List<@Nullable Object>> rows = rows(9_000);
        for (String compression : List.of("none", "zstd", "deflate", "snappy")) {
            FormatSpec spec = Avro.spec(Map.of("avro.compression", compression), COLUMNS);
            Avro.FORMAT.checkWriting(spec);
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            FileWriter writer = Avro.FORMAT.create(bytes, spec);
            for (int i = 0; i < rows.size(); i += 1_000) {
                writer.write(Avro.batch(spec.schema(), rows.subList(i, i + 1_000)));
                assertTrue(writer.bytes() >= bytes.size());
            }
            writer.finish();
            List<List<@Nullable Object>> found = new ArrayList<>();
            try (DataFileReader<GenericRecord> reader =
                    new DataFileReader<>(new SeekableByteArrayInput(bytes.toByteArray()), new GenericDatumReader<>())) {
                reader.forEach(record -> found.add(Arrays.asList(
                        record.get("t") == null ? null : record.get("t").toString(), record.get("i"))));
            }
            assertEquals(rows, found, compression);
            assertEquals(rows, read(spec, bytes.toByteArray(), 0, bytes.size(), 0), compression);
        }
    }

    @Test
    void messagesAreContainers() throws IOException {
        Avro table = new Avro(Avro.spec(Map.of(), COLUMNS));
        List<List<@Nullable Object>> rows = rows(300);
        byte[] container = written(rows, CodecFactory.deflateCodec(6), 200);
        assertEquals(rows, table.message(container));
        for (int cut = 0; cut < container.length - 1; cut += 37) {
            String reason = table.refusal(Arrays.copyOf(container, cut));
            assertTrue(reason.startsWith("LAM-5001"), reason);
        }
        Batch batch = Avro.batch(table.spec().schema(), rows);
        Slice out = new Slice();
        Avro.FORMAT.encoder(table.spec()).encodeMessage(batch, 5, out);
        byte[] one = Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
        assertEquals(List.of(rows.get(5)), table.message(one));
        assertTrue(table.refusal(new byte[] {0, 0, 0, 0, 1, 2}).contains("avro.confluent_schema_registry = true"));
    }

    @Test
    void damageIsNamedByPlace() throws IOException {
        byte[] file = written(rows(5_000), CodecFactory.nullCodec(), 1_000);
        FormatSpec spec = Avro.spec(Map.of(), COLUMNS);
        Random random = new Random(77);
        int refused = 0;
        for (int round = 0; round < 100; round++) {
            byte[] damaged = file.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            try {
                read(spec, damaged, 0, damaged.length, 0);
            } catch (LaminarException reason) {
                refused++;
                assertTrue(reason.describe().contains("memory.avro"), reason.describe());
            }
        }
        assertTrue(refused > 10, "refused: " + refused);
        byte[] cut = Arrays.copyOf(file, file.length - 5);
        LaminarException truncated = assertThrows(LaminarException.class, () -> read(spec, cut, 0, cut.length, 0));
        assertEquals(ErrorCode.BAD_RECORD, truncated.code());
        LaminarException other =
                assertThrows(LaminarException.class, () -> read(spec, "no container".getBytes(), 0, 12, 0));
        assertEquals(ErrorCode.FILE_UNREADABLE, other.code());
        LaminarException gzip = assertThrows(
                LaminarException.class,
                () -> Avro.FORMAT.check(Avro.spec(Map.of("avro.compression", "gzip"), COLUMNS)));
        assertEquals("write 'deflate', which is the same method", gzip.hint());
    }
}
