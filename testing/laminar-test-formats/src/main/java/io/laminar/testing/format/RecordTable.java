package io.laminar.testing.format;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Values;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.format.BadRecords;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.format.RecordFormat;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.type.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A table in a format: decodes messages into rows of Java values, keeping what was refused. */
public class RecordTable implements BadRecords {
    public final List<LaminarException> refused = new ArrayList<>();
    public final List<byte[]> refusedRecords = new ArrayList<>();

    private final FormatSpec spec;
    private final RecordDecoder decoder;

    public RecordTable(RecordFormat format, FormatSpec spec) {
        this.spec = spec;
        format.checkReading(spec);
        decoder = format.decoder(spec);
    }

    /** A table whose other options have their defaults. */
    protected static FormatSpec spec(
            RecordFormat format, Map<String, ?> options, Schema schema, List<Integer> projection) {
        Map<String, Object> all = new HashMap<>();
        format.options().forEach(option -> {
            Object value = option.defaultValue();
            if (value != null) {
                all.put(option.name(), value);
            }
        });
        all.putAll(options);
        return new FormatSpec(format.name(), schema, projection, new OptionValues(all));
    }

    public final FormatSpec spec() {
        return spec;
    }

    public final List<List<@Nullable Object>> message(byte[] bytes) {
        BatchBuilder out = new BatchBuilder(spec.projected(), 16);
        decoder.decodeMessage(bytes, 0, bytes.length, out, this);
        return rows(spec.projected(), out.build());
    }

    /** All records of a stream that comes in pieces of a size. */
    public final List<List<@Nullable Object>> stream(byte[] bytes, int piece) {
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

    /** The only row. */
    public final List<@Nullable Object> row(byte[] bytes) {
        refused.clear();
        List<List<@Nullable Object>> rows = message(bytes);
        if (!refused.isEmpty()) {
            throw new AssertionError(refused.get(0).describe(), refused.get(0));
        }
        return rows.get(0);
    }

    /** Why a message is refused. */
    public final String refusal(byte[] bytes) {
        refused.clear();
        List<List<@Nullable Object>> rows = message(bytes);
        if (refused.size() != 1 || !rows.isEmpty()) {
            throw new AssertionError("not refused, but read as " + rows);
        }
        return refused.get(0).code().code() + " " + refused.get(0).reason();
    }

    public static List<List<@Nullable Object>> rows(Schema schema, Batch batch) {
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

    /** Rows of Java values as a batch. */
    public static Batch batch(Schema schema, List<List<@Nullable Object>> rows) {
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
