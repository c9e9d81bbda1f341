package io.laminar.format.debezium;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.RowKind;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DebeziumTest {
    private static final Schema SCHEMA = Schema.of(
            new Field("id", Scalar.BIGINT, false), new Field("name", Scalar.TEXT), new Field("skip", Scalar.INT));

    private final List<LaminarException> refused = new ArrayList<>();

    private static FormatSpec spec(Map<String, Object> options) {
        return new FormatSpec("debezium_json", SCHEMA, List.of(0, 1), new OptionValues(options));
    }

    private List<String> read(Map<String, Object> options, String text) {
        FormatSpec spec = spec(options);
        RecordDecoder decoder = new DebeziumFormat().decoder(spec);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BatchBuilder out = new BatchBuilder(spec.projected(), 4);
        List<String> rows = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            position = decoder.decode(bytes, position, bytes.length, true, out, (b, f, t, r) -> refused.add(r));
            rows.addAll(texts(out.build()));
        }
        return rows;
    }

    private static List<String> texts(Batch batch) {
        List<String> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            rows.add(RowKind.text(batch.kind(row)) + " " + Values.read(Scalar.BIGINT, batch.column(0), row) + " "
                    + Values.read(Scalar.TEXT, batch.column(1), row));
        }
        return rows;
    }

    private static Batch changes(String... rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA.select(List.of(0, 1)), 4);
        for (String row : rows) {
            String[] parts = row.split(" ");
            Values.append(Scalar.BIGINT, builder.column(0), Long.valueOf(parts[1]));
            Values.append(Scalar.TEXT, builder.column(1), parts[2]);
            builder.endRow(0, RowKind.parse(parts[0]));
        }
        return builder.build();
    }

    private static String write(Map<String, Object> options, String... rows) {
        Slice out = new Slice();
        new DebeziumFormat().encoder(spec(options)).encode(changes(rows), out);
        return out.toString();
    }

    @Test
    void readsEveryOperation() {
        assertEquals(List.of("+I 1 a", "+I 2 b", "-U 1 a", "+U 1 c", "-D 2 b"), read(Map.of(), """
                        {"op":"c","before":null,"after":{"id":1,"name":"a","skip":7},"source":{"ts_ms":5}}
                        {"op":"r","after":{"id":2,"name":"b"}}
                        {"before":{"id":1,"name":"a"},"after":{"id":1,"name":"c"},"op":"u"}

                        {"before":{"id":2,"name":"b"},"after":null,"op":"d"}
                        """));
        assertTrue(refused.isEmpty());
    }

    @Test
    void readsThePayloadOfRecordsWithSchema() {
        assertEquals(
                List.of("+I 1 a"),
                read(
                        Map.of("json.include_schema", true),
                        "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"op\":\"c\",\"after\":{\"id\":1,\"name\":\"a\"}}}\n"));
        assertEquals(List.of(), read(Map.of("json.include_schema", true), "{\"op\":\"c\",\"after\":{\"id\":1}}"));
        assertEquals(
                "column 'payload' is NOT NULL but is missing (at byte 0 of the record)",
                refused.get(0).reason());
        assertEquals(List.of(), read(Map.of(), "{\"payload\":{\"op\":\"c\"}}"));
        assertEquals(
                "records with schema and payload need json.include_schema = true",
                refused.get(1).hint());
    }

    @Test
    void refusesChangesThatMakeNoSense() {
        assertEquals(List.of("+I 9 z"), read(Map.of(), """
                        {"op":"x","after":{"id":1}}
                        {"op":"u","before":null,"after":{"id":1}}
                        {"op":"d","after":{"id":1}}
                        {"op":"u","before":{"id":1},"after":{"name":"b"}}
                        {"op":"c","after":{"id":"text"}}
                        {"op":"c"
                        {"op":"c","after":{"id":9,"name":"z"}}
                        """));
        List<String> reasons = refused.stream().map(LaminarException::reason).toList();
        assertEquals(
                List.of(
                        "unknown op 'x'; there are c, r, u and d",
                        "a change with op 'u' needs before",
                        "a change with op 'd' needs before",
                        "column 'id' is NOT NULL but after has none"),
                reasons.subList(0, 4));
        assertTrue(String.valueOf(refused.get(1).hint()).contains("REPLICA IDENTITY FULL"));
        assertTrue(reasons.get(4).contains("column 'after.id' (BIGINT): expected a whole number"), reasons.get(4));
        assertEquals(6, reasons.size());
        assertEquals(ErrorCode.NULL_NOT_ALLOWED, refused.get(3).code());
    }

    @Test
    void writesPairsAsUpdatesAndHalvesAsWhatTheyComeTo() {
        assertEquals("""
                {"before":null,"after":{"id":1,"name":"a"},"op":"c"}
                {"before":{"id":1,"name":"a"},"after":{"id":1,"name":"b"},"op":"u"}
                {"before":{"id":2,"name":"c"},"after":null,"op":"d"}
                {"before":null,"after":{"id":3,"name":"d"},"op":"c"}
                {"before":{"id":3,"name":"d"},"after":null,"op":"d"}
                """, write(Map.of(), "+I 1 a", "-U 1 a", "+U 1 b", "-U 2 c", "+I 3 d", "-D 3 d"));
        assertEquals("{\"before\":null,\"after\":{\"id\":4,\"name\":\"e\"},\"op\":\"c\"}\n", write(Map.of(), "+U 4 e"));
    }

    @Test
    void writesThePayloadBesideASchema() {
        String written = write(Map.of("json.include_schema", true), "+I 1 a", "-D 1 a");
        String row = "\"fields\":[{\"type\":\"int64\",\"optional\":false,\"field\":\"id\"},"
                + "{\"type\":\"string\",\"optional\":true,\"field\":\"name\"}],\"optional\":true,";
        String schema = "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"struct\"," + row
                + "\"field\":\"before\"},{\"type\":\"struct\"," + row + "\"field\":\"after\"},"
                + "{\"type\":\"string\",\"optional\":true,\"field\":\"op\"}],\"optional\":false},";
        assertEquals(
                schema + "\"payload\":{\"before\":null,\"after\":{\"id\":1,\"name\":\"a\"},\"op\":\"c\"}}\n"
                        + schema
                        + "\"payload\":{\"before\":{\"id\":1,\"name\":\"a\"},\"after\":null,\"op\":\"d\"}}\n",
                written);
        Slice out = new Slice();
        new DebeziumFormat().encoder(spec(Map.of())).encodeMessage(changes("+I 1 a", "-D 1 a"), 1, out);
        assertEquals("{\"before\":{\"id\":1,\"name\":\"a\"},\"after\":null,\"op\":\"d\"}", out.toString());
    }

    @Test
    void anUpdateIsOneMessageAboutTheRowItLeadsTo() {
        for (boolean wrapped : new boolean[] {true, false}) {
            List<String> messages = new ArrayList<>();
            Map<String, Object> options = Map.of("json.include_schema", wrapped);
            new DebeziumFormat()
                    .encoder(spec(options))
                    .encodeMessages(
                            changes("+I 1 a", "-U 1 a", "+U 1 b", "-D 2 c"),
                            new Slice(),
                            (row, bytes) -> messages.add(row + " " + bytes));
            assertEquals(3, messages.size());
            assertTrue(messages.get(0).startsWith("0 {"));
            assertTrue(messages.get(1).startsWith("2 {") && messages.get(1).contains("\"op\":\"u\"}"));
            assertTrue(messages.get(2).startsWith("3 {") && messages.get(2).contains("\"op\":\"d\"}"));
        }
    }

    @Test
    void readsBackWhatItWrites() {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            rows.add("+I " + i + " a");
            rows.add("-U " + i + " a");
            rows.add("+U " + i + " b");
            if (i % 2 == 0) {
                rows.add("-D " + i + " b");
            }
        }
        for (boolean wrapped : new boolean[] {true, false}) {
            Map<String, Object> options = Map.of("json.include_schema", wrapped);
            assertEquals(rows, read(options, write(options, rows.toArray(new String[0]))));
        }
    }
}
