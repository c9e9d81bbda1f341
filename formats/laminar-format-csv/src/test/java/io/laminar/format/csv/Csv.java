package io.laminar.format.csv;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Slice;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordEncoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Decodes and encodes CSV texts as rows of Java values, keeping what was refused. */
final class Csv implements BadRecords {
    private final FormatSpec spec;
    final List<String> refused = new ArrayList<>();
    final List<String> refusedRecords = new ArrayList<>();

    Csv(Schema schema, List<Integer> projection, Map<String, Object> options) {
        spec = new FormatSpec("csv", schema, projection, new OptionValues(options));
        new CsvFormat().check(spec);
    }

    static Csv of(Map<String, Object> options, Field... fields) {
        return new Csv(
                Schema.of(fields), IntStream.range(0, fields.length).boxed().toList(), options);
    }

    static Csv of(Field... fields) {
        return of(Map.of(), fields);
    }

    List<List<@Nullable Object>> read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return read(bytes, bytes.length);
    }

    /** Reads as a source does that gets the first {@code cut} bytes before the rest. */
    List<List<@Nullable Object>> read(byte[] bytes, int cut) {
        RecordDecoder decoder = new CsvFormat().decoder(spec);
        decoder.reset();
        BatchBuilder out = new BatchBuilder(spec.projected(), 4);
        int position = decoder.decode(bytes, 0, cut, cut == bytes.length, out, this);
        while (position < bytes.length) {
            position = decoder.decode(bytes, position, bytes.length, true, out, this);
        }
        return rows(out.build());
    }

    List<List<@Nullable Object>> message(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        BatchBuilder out = new BatchBuilder(spec.projected(), 4);
        new CsvFormat().decoder(spec).decodeMessage(bytes, 0, bytes.length, out, this);
        return rows(out.build());
    }

    private List<List<@Nullable Object>> rows(Batch batch) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int row = 0; row < batch.size(); row++) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < spec.projected().size(); c++) {
                values.add(Values.read(spec.projected().type(c), batch.column(c), row));
            }
            rows.add(values);
        }
        return rows;
    }

    String write(List<List<@Nullable Object>> rows) {
        BatchBuilder builder = new BatchBuilder(spec.schema(), 4);
        for (List<@Nullable Object> row : rows) {
            for (int c = 0; c < spec.schema().size(); c++) {
                Values.append(spec.schema().type(c), builder.column(c), row.get(c));
            }
            builder.endRow(0);
        }
        RecordEncoder encoder = new CsvFormat().encoder(spec);
        Slice out = new Slice();
        encoder.encode(builder.build(), out);
        return new String(encoder.header(), StandardCharsets.UTF_8) + out;
    }

    @Override
    public void report(byte[] buffer, int from, int to, LaminarException reason) {
        refused.add(reason.reason());
        refusedRecords.add(new String(buffer, from, to - from, StandardCharsets.UTF_8));
    }
}
