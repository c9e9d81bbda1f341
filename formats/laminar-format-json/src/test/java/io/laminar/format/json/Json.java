package io.laminar.format.json;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes texts into rows of Java values, keeping what was refused. */
final class Json implements BadRecords {
    private final FormatSpec spec;
    private final RecordDecoder decoder;
    final List<LaminarException> refused = new ArrayList<>();
    final List<String> refusedRecords = new ArrayList<>();

    Json(Schema schema, Map<String, Object> options) {
        this(schema, IntStream.range(0, schema.size()).boxed().toList(), options);
    }

    Json(Schema schema, List<Integer> projection, Map<String, Object> options) {
        spec = new FormatSpec("json", schema, projection, new OptionValues(options));
        new JsonFormat().check(spec);
        decoder = new JsonFormat().decoder(spec);
    }

    static Json of(Field... fields) {
        return new Json(Schema.of(fields), Map.of());
    }

    static Json of(String column, DataType type) {
        return of(new Field(column, type));
    }

    FormatSpec spec() {
        return spec;
    }

    List<List<@Nullable Object>> lines(String text) {
        return lines(text.getBytes(StandardCharsets.UTF_8));
    }

    List<List<@Nullable Object>> lines(byte[] bytes) {
        BatchBuilder out = new BatchBuilder(spec.projected(), 16);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        int position = 0;
        while (position < bytes.length) {
            position = decoder.decode(bytes, position, bytes.length, true, out, this);
            rows.addAll(rows(spec.projected(), out.build()));
        }
        return rows;
    }

    List<List<@Nullable Object>> message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BatchBuilder out = new BatchBuilder(spec.projected(), 16);
        decoder.decodeMessage(bytes, 0, bytes.length, out, this);
        return rows(spec.projected(), out.build());
    }

    /** The value of the only column of the only row. */
    @Nullable
    Object value(String text) {
        return lines(text).get(0).get(0);
    }

    /** Why a text is refused. */
    String refusal(String text) {
        return refusal(text.getBytes(StandardCharsets.UTF_8));
    }

    String refusal(byte[] text) {
        refused.clear();
        List<List<@Nullable Object>> rows = lines(text);
        if (refused.size() != 1 || !rows.isEmpty()) {
            throw new AssertionError("not refused, but read as " + rows);
        }
        return refused.get(0).reason();
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

    @Override
    public void report(byte[] buffer, int from, int to, LaminarException reason) {
        refused.add(reason);
        refusedRecords.add(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    }
}
