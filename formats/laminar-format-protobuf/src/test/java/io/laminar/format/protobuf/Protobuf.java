package io.laminar.format.protobuf;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A table in the format protobuf: decodes messages into rows of Java values, keeping what was refused. */
final class Protobuf implements BadRecords {
    static final ProtobufFormat FORMAT = new ProtobufFormat();

    private final FormatSpec spec;
    private final RecordDecoder decoder;
    final List<LaminarException> refused = new ArrayList<>();
    final List<byte[]> refusedRecords = new ArrayList<>();

    Protobuf(FormatSpec spec) {
        this.spec = spec;
        FORMAT.checkReading(spec);
        decoder = FORMAT.decoder(spec);
    }

    /** Messages of the type M of a .proto text. */
    static Protobuf of(String text, Field... columns) {
        return new Protobuf(spec(Map.of("protobuf.schema", text, "protobuf.message", "M"), columns));
    }

    static FormatSpec spec(Map<String, ?> options, Field... columns) {
        Map<String, Object> all = new HashMap<>();
        FORMAT.options().stream()
                .filter(option -> option.defaultValue() != null)
                .forEach(option -> all.put(option.name(), option.defaultValue()));
        all.putAll(options);
        Schema schema = Schema.of(columns);
        return new FormatSpec(
                "protobuf", schema, IntStream.range(0, schema.size()).boxed().toList(), new OptionValues(all));
    }

    FormatSpec spec() {
        return spec;
    }

    List<List<@Nullable Object>> message(byte[] bytes) {
        BatchBuilder out = new BatchBuilder(spec.projected(), 16);
        decoder.decodeMessage(bytes, 0, bytes.length, out, this);
        return rows(spec.projected(), out.build());
    }

    /** All records of a stream that comes in pieces of a size. */
    List<List<@Nullable Object>> stream(byte[] bytes, int piece) {
        BatchBuilder out = new BatchBuilder(spec.projected(), 16);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int from = 0;
        int to = 0;
        while (from < bytes.length) {
            to = Math.min(bytes.length, Math.max(to, from) + piece);
            byte[] chunk = Arrays.copyOfRange(bytes, from, to);
            from += decoder.decode(chunk, 0, chunk.length, to == bytes.length, out, this);
            rows.addAll(rows(spec.projected(), out.build()));
        }
        return rows;
    }

    List<@Nullable Object> row(byte[] bytes) {
        refused.clear();
        List<List<@Nullable Object>> rows = message(bytes);
        if (!refused.isEmpty()) {
            throw new AssertionError(refused.get(0).describe(), refused.get(0));
        }
        return rows.get(0);
    }

    /** Why a message is refused. */
    String refusal(byte[] bytes) {
        refused.clear();
        List<List<@Nullable Object>> rows = message(bytes);
        if (refused.size() != 1 || !rows.isEmpty()) {
            throw new AssertionError("not refused, but read as " + rows);
        }
        return refused.get(0).code().code() + " " + refused.get(0).reason();
    }

    byte[] encode(List<@Nullable Object> row) {
        return encode(spec, row);
    }

    static byte[] encode(FormatSpec spec, List<@Nullable Object> row) {
        FORMAT.checkWriting(spec);
        Slice out = new Slice();
        FORMAT.encoder(spec).encodeMessage(batch(spec.schema(), List.of(row)), 0, out);
        return Arrays.copyOfRange(out.base(), out.offset(), out.offset() + out.length());
    }

    static List<List<@Nullable Object>> rows(Schema schema, Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < schema.size(); c++) {
                values.add(Values.read(schema.type(c), batch.column(c), row));
            }
            rows.add(values);
        }
        return rows;
    }

    static Batch batch(Schema schema, List<List<@Nullable Object>> rows) {
        BatchBuilder builder = new BatchBuilder(schema, rows.size());
        for (List<@Nullable Object> row : rows) {
            for (int c = 0; c < schema.size(); c++) {
                Values.append(schema.type(c), builder.column(c), row.get(c));
            }
            builder.endRow(0);
        }
        return builder.build();
    }

    @Override
    public void report(byte[] buffer, int from, int to, LaminarException reason) {
        refused.add(reason);
        refusedRecords.add(Arrays.copyOfRange(buffer, from, to));
    }
}
