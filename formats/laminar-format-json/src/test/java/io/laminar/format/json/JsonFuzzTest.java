package io.laminar.format.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Random documents, whole and damaged: decoder and Jackson agree on what is JSON and on what it says. */
class JsonFuzzTest {
    private static final int DOCUMENTS = 40_000;
    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    static {
        JACKSON.getFactory()
                .setStreamReadConstraints(
                        StreamReadConstraints.builder().maxNumberLength(100_000).build());
    }

    private final StringBuilder text = new StringBuilder();

    @Test
    void agreesWithJacksonOnDamagedDocuments() throws IOException {
        long seed = 20_260_730L;
        Random random = new Random(seed);
        Json whole = new Json(Schema.of(new Field("v", Scalar.JSON)), Map.of("json.unstructured", true));
        Json column = Json.of(new Field("a", Scalar.JSON), new Field("b", Scalar.TEXT));
        int valid = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            text.setLength(0);
            randomObject(random, 0);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            int damages = random.nextInt(3);
            for (int d = 0; d < damages; d++) {
                bytes = damage(random, bytes);
            }
            String context = "seed " + seed + ", document " + i + ": " + new String(bytes, StandardCharsets.UTF_8);
            JsonNode reference = parse(bytes);
            whole.refused.clear();
            List<List<@Nullable Object>> rows = whole.lines(bytes);
            if (bytes.length == 0 || new String(bytes, StandardCharsets.UTF_8).isBlank()) {
                continue;
            }
            assertEquals(reference == null ? 1 : 0, whole.refused.size(), context);
            if (reference != null && reference.isObject()) {
                valid++;
                assertEquals(1, rows.size(), context);
                Object read = rows.get(0).get(0);
                assertEquals(reference, JACKSON.readTree(String.valueOf(read)), context);
                checkColumns(column, bytes, reference, context);
            }
        }
        assertEquals(true, valid > DOCUMENTS / 3 && valid < DOCUMENTS, "valid: " + valid);
    }

    private static void checkColumns(Json column, byte[] bytes, JsonNode reference, String context)
            throws JsonProcessingException {
        List<@Nullable Object> row = column.lines(bytes).get(0);
        JsonNode a = reference.get("a");
        assertEquals(
                a == null || a.isNull() ? null : a,
                row.get(0) == null ? null : JACKSON.readTree("" + row.get(0)),
                context);
        JsonNode b = reference.get("b");
        if (b == null || b.isNull()) {
            assertEquals(null, row.get(1), context);
        } else if (b.isTextual()) {
            assertEquals(replaceHalves(b.asText()), row.get(1), context);
        } else {
            assertEquals(b, JACKSON.readTree("" + row.get(1)), context);
        }
    }

    /** Jackson keeps halves of surrogate pairs, which UTF-8 cannot say. */
    private static String replaceHalves(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(p -> out.appendCodePoint(p >= 0xd800 && p <= 0xdfff ? 0xfffd : p));
        return out.toString();
    }

    private static @Nullable JsonNode parse(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            JsonNode node = JACKSON.readTree(bytes);
            return node.isMissingNode() ? null : node;
        } catch (CharacterCodingException invalid) {
            return null;
        } catch (IOException notJson) {
            return null;
        }
    }

    @Test
    void readsBackWhatTheEncoderWrites() {
        long seed = 7_117L;
        Random random = new Random(seed);
        DataType struct = new DataType.StructType(
                List.of(new Field("n", Scalar.DOUBLE), new Field("t", new DataType.ListType(Scalar.TEXT))));
        Schema schema = Schema.of(
                new Field("i", Scalar.INT),
                new Field("l", Scalar.BIGINT),
                new Field("d", Scalar.DOUBLE),
                new Field("f", Scalar.FLOAT),
                new Field("s", Scalar.TEXT),
                new Field("ts", Scalar.TIMESTAMP),
                new Field("dec", new DataType.Decimal(18, 4)),
                new Field("st", struct));
        for (int i = 0; i < 5_000; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            row.add(random.nextInt());
            row.add(random.nextLong() >> random.nextInt(64));
            row.add(Double.longBitsToDouble(random.nextLong()));
            row.add((double) Float.intBitsToFloat(random.nextInt()));
            row.add(randomText(random));
            row.add(random.nextLong() >> 12);
            row.add(java.math.BigDecimal.valueOf(random.nextLong() / 10, 4)
                    .stripTrailingZeros()
                    .setScale(4));
            row.add(random.nextInt(4) == 0 ? null : List.of(random.nextGaussian(), List.of("x", randomText(random))));
            BatchBuilder builder = new BatchBuilder(schema, 1);
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), row.get(c));
            }
            builder.endRow(0);
            Json json = new Json(schema, Map.of());
            Slice out = new Slice();
            new JsonFormat().encoder(json.spec()).encode(builder.build(), out);
            assertEquals(List.of(row), json.lines(out.toString()), "seed " + seed + ", row " + i + ": " + out);
        }
    }

    private static String randomText(Random random) {
        StringBuilder out = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> out.appendCodePoint(random.nextInt(0x20));
                case 1 -> out.appendCodePoint("\"\\/".charAt(random.nextInt(3)));
                case 2 -> out.appendCodePoint(0x80 + random.nextInt(0x700));
                case 3 -> out.appendCodePoint(0x10000 + random.nextInt(0x10000));
                default -> out.append((char) ('a' + random.nextInt(26)));
            }
        }
        return out.toString();
    }

    private void randomObject(Random random, int depth) {
        text.append('{');
        int members = random.nextInt(5);
        for (int i = 0; i < members; i++) {
            text.append(i == 0 ? "" : ",").append(space(random));
            text.append('"')
                    .append("abcde".charAt(random.nextInt(5)))
                    .append('"')
                    .append(space(random))
                    .append(':');
            text.append(space(random));
            randomValue(random, depth + 1);
            text.append(space(random));
        }
        text.append('}');
    }

    private void randomValue(Random random, int depth) {
        switch (random.nextInt(depth > 4 ? 6 : 8)) {
            case 0 -> text.append(random.nextInt(1000));
            case 1 -> text.append(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
            case 2 ->
                text.append(
                        List.of("true", "false", "null", "-0", "1E+5", "0.0e-3").get(random.nextInt(6)));
            case 3, 4, 5 -> randomString(random);
            case 6 -> randomObject(random, depth);
            default -> {
                text.append('[');
                for (int i = random.nextInt(4); i > 0; i--) {
                    randomValue(random, depth + 1);
                    text.append(i == 1 ? "" : ",").append(space(random));
                }
                text.append(']');
            }
        }
    }

    private void randomString(Random random) {
        text.append('"');
        for (int i = random.nextInt(24); i > 0; i--) {
            switch (random.nextInt(12)) {
                case 0 -> text.append("\\").append("\"\\/bfnrt".charAt(random.nextInt(8)));
                case 1 -> text.append("\\u%04x".formatted(random.nextInt(0x10000)));
                case 2 -> text.append("\\uD83D\\uDE%02X".formatted(random.nextInt(0x80)));
                case 3 -> text.appendCodePoint(0x80 + random.nextInt(0x700));
                case 4 -> text.appendCodePoint(0x1f600 + random.nextInt(0x40));
                default -> text.append((char) ('a' + random.nextInt(26)));
            }
        }
        text.append('"');
    }

    private static String space(Random random) {
        return random.nextInt(6) == 0 ? List.of(" ", "\t", "\r", "  ").get(random.nextInt(4)) : "";
    }

    private static byte[] damage(Random random, byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        byte[] result;
        switch (random.nextInt(4)) {
            case 0 -> {
                result = bytes.clone();
                byte replacement = (byte) random.nextInt(256);
                // A line feed ends the record here but not for Jackson.
                result[at] = replacement == '\n' ? (byte) ' ' : replacement;
            }
            case 1 -> {
                result = bytes.clone();
                result[at] = (byte) "{}[]\",:\\0-e.tn".charAt(random.nextInt(14));
            }
            case 2 -> result = java.util.Arrays.copyOf(bytes, at);
            default -> {
                result = new byte[bytes.length - 1];
                System.arraycopy(bytes, 0, result, 0, at);
                System.arraycopy(bytes, at + 1, result, at, bytes.length - at - 1);
            }
        }
        return result;
    }
}
