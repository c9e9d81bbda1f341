package io.laminar.spi.batch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BatchCodecTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("flag", Scalar.BOOLEAN),
            new Field("small", Scalar.INT),
            new Field("big", Scalar.BIGINT),
            new Field("ratio", Scalar.DOUBLE),
            new Field("price", new DataType.Decimal(12, 2)),
            new Field("wide", new DataType.Decimal(38, 4)),
            new Field("name", Scalar.TEXT),
            new Field("tags", new DataType.ListType(Scalar.TEXT)),
            new Field("nested", new DataType.ListType(new DataType.ListType(Scalar.INT))),
            new Field("counts", new DataType.MapType(Scalar.TEXT, Scalar.BIGINT)),
            new Field(
                    "geo",
                    new DataType.StructType(List.of(
                            new Field("lat", Scalar.DOUBLE), new Field("names", new DataType.ListType(Scalar.TEXT))))));

    @Test
    void everyTypeComesBackWholeSlicedAndGathered() {
        for (long seed = 1; seed <= 60; seed++) {
            Random random = new Random(seed);
            Batch batch = random(random, random.nextInt(40));
            assertSame(batch, BatchCodec.decode(BatchCodec.encode(batch)), "seed " + seed);

            int from = batch.size() / 3;
            Batch slice = batch.slice(from, batch.size() - from);
            assertSame(slice, BatchCodec.decode(BatchCodec.encode(slice)), "slice, seed " + seed);

            int[] selection =
                    random.ints(batch.size(), 0, Math.max(1, batch.size())).toArray();
            Batch gathered = batch.gather(selection, batch.size());
            assertSame(gathered, BatchCodec.decode(BatchCodec.encode(gathered)), "gathered, seed " + seed);
        }
    }

    @Test
    void kindsAndLaneTravel() {
        Batch batch = new Batch(
                3,
                new Column[0],
                new long[] {1, 2, 3, 99},
                new byte[] {RowKind.INSERT, RowKind.DELETE, RowKind.UPDATE_AFTER, 0},
                Batch.Lane.LATE);
        Batch read = BatchCodec.decode(BatchCodec.encode(batch));
        assertEquals(Batch.Lane.LATE, read.lane());
        assertArrayEquals(new byte[] {0, 3, 2}, read.kinds());
        assertArrayEquals(new long[] {1, 2, 3}, read.rowtime());
        assertNull(BatchCodec.decode(BatchCodec.encode(batch.withKinds(null))).kinds());
    }

    @Test
    void textOutsideTheViewsDoesNotTravel() {
        byte[] arena = new byte[1 << 20];
        byte[] word = "word".getBytes(StandardCharsets.UTF_8);
        System.arraycopy(word, 0, arena, 500_000, word.length);
        System.arraycopy(word, 0, arena, 600_000, word.length);
        BytesColumn column = new BytesColumn(arena, new int[] {500_000, 600_000}, new int[] {4, 4}, null, 2);
        byte[] encoded = BatchCodec.encode(new Batch(2, new Column[] {column}, new long[2], null));
        assertTrue(encoded.length < 100, "encoded in " + encoded.length + " bytes");
        BytesColumn read = (BytesColumn) BatchCodec.decode(encoded).column(0);
        assertEquals("word", read.text(0));
        assertEquals("word", read.text(1));
    }

    @Test
    void constantTextTravelsOnce() {
        byte[] word = "the same word for every row".getBytes(StandardCharsets.UTF_8);
        int rows = 4096;
        int[] lengths = new int[rows];
        Arrays.fill(lengths, word.length);
        BytesColumn column = new BytesColumn(word, new int[rows], lengths, null, rows);
        byte[] encoded = BatchCodec.encode(new Batch(rows, new Column[] {column}, new long[rows], null));
        assertTrue(encoded.length < rows * Long.BYTES + 100, "encoded in " + encoded.length + " bytes");
        BytesColumn read = (BytesColumn) BatchCodec.decode(encoded).column(0);
        assertEquals("the same word for every row", read.text(0));
        assertEquals("the same word for every row", read.text(rows - 1));
    }

    @Test
    void textAfterLeadingNullsComesBack() {
        BytesBuilder builder = new BytesBuilder(4);
        byte[] source = "..abcdef".getBytes(StandardCharsets.UTF_8);
        builder.appendNull();
        builder.view(source, 2, 3);
        builder.appendNull();
        builder.view(source, 5, 3);
        Batch batch = new Batch(4, new Column[] {builder.build()}, new long[4], null);
        BytesColumn read =
                (BytesColumn) BatchCodec.decode(BatchCodec.encode(batch)).column(0);
        assertTrue(read.isNull(0));
        assertEquals("abc", read.text(1));
        assertTrue(read.isNull(2));
        assertEquals("def", read.text(3));
    }

    @Test
    void streamsHoldSeveralBatchesAndColumns() throws IOException {
        Batch first = random(new Random(7), 5);
        Batch second = random(new Random(8), 9);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            BatchCodec.write(first, out);
            BatchCodec.write(second.column(6), out);
            BatchCodec.write(second, out);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            assertSame(first, BatchCodec.read(in), "first");
            Column column = BatchCodec.readColumn(in);
            for (int row = 0; row < second.size(); row++) {
                assertEquals(Values.read(Scalar.TEXT, second.column(6), row), Values.read(Scalar.TEXT, column, row));
            }
            assertSame(second, BatchCodec.read(in), "second");
            assertEquals(-1, in.read());
        }
    }

    @Test
    void anEncoderCanBeUsedAgain() {
        BatchEncoder encoder = new BatchEncoder();
        encoder.put(random(new Random(1), 30));
        Batch batch = random(new Random(2), 3);
        byte[] again = encoder.reset().put(batch).toByteArray();
        assertArrayEquals(BatchCodec.encode(batch), again);
    }

    @Test
    void anotherVersionIsRefused() {
        byte[] encoded = BatchCodec.encode(random(new Random(1), 1));
        encoded[0] = 99;
        assertThrows(IllegalStateException.class, () -> BatchCodec.decode(encoded));
    }

    private static Batch random(Random random, int rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA, 4);
        for (int row = 0; row < rows; row++) {
            for (int c = 0; c < SCHEMA.size(); c++) {
                Object value = random.nextInt(4) == 0 ? null : value(SCHEMA.type(c), random);
                Values.append(SCHEMA.type(c), builder.column(c), value);
            }
            builder.endRow(random.nextLong(), (byte) random.nextInt(4));
        }
        return builder.build();
    }

    private static Object value(DataType type, Random random) {
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(BigInteger.valueOf(random.nextInt()), decimal.scale());
        } else if (type instanceof DataType.ListType list) {
            return list(list.element(), random);
        } else if (type instanceof DataType.MapType map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = random.nextInt(3); i > 0; i--) {
                entries.put(value(map.key(), random), value(map.value(), random));
            }
            return entries;
        } else if (type instanceof DataType.StructType struct) {
            return struct.fields().stream().map(f -> value(f.type(), random)).toList();
        }
        return switch ((Scalar) type) {
            case BOOLEAN -> random.nextBoolean();
            case INT -> random.nextInt();
            case BIGINT -> random.nextLong();
            case DOUBLE -> random.nextGaussian();
            case TEXT -> "t\u00e4xt-".repeat(random.nextInt(3)) + random.nextInt(100);
            default -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static List<Object> list(DataType element, Random random) {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(random.nextInt(5) == 0 ? null : value(element, random));
        }
        return list;
    }

    private static void assertSame(Batch expected, Batch actual, String message) {
        assertEquals(expected.size(), actual.size(), message);
        assertEquals(expected.width(), actual.width(), message);
        assertEquals(expected.lane(), actual.lane(), message);
        for (int row = 0; row < expected.size(); row++) {
            assertEquals(expected.rowtime()[row], actual.rowtime()[row], message);
            assertEquals(expected.kind(row), actual.kind(row), message);
            for (int c = 0; c < expected.width(); c++) {
                assertEquals(
                        Values.read(SCHEMA.type(c), expected.column(c), row),
                        Values.read(SCHEMA.type(c), actual.column(c), row),
                        message + ", column " + SCHEMA.field(c).name() + ", row " + row);
            }
        }
        if (expected.kinds() != null) {
            assertNotNull(actual.kinds(), message);
        }
    }
}
