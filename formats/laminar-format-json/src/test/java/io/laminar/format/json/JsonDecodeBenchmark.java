package io.laminar.format.json;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesBuilder;
import io.laminar.spi.batch.LongBuilder;
import io.laminar.spi.format.FormatSpec;
import io.laminar.spi.format.RecordDecoder;
import io.laminar.spi.option.OptionValues;
import io.laminar.spi.text.TemporalText;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Rows per second of the decoder on one core, beside a loop written by hand for just this record. Run with the path of
 * flights.ndjson; not a test.
 */
public final class JsonDecodeBenchmark {
    private static final int ROUNDS = 12;
    private static final int REPEAT = 10;

    private JsonDecodeBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        byte[] once = Files.readAllBytes(Path.of(arguments[0]));
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        for (int i = 0; i < REPEAT; i++) {
            many.write(once);
        }
        byte[] flights = many.toByteArray();
        Schema schema = Schema.of(
                new Field("departed_at", Scalar.TIMESTAMP),
                new Field("delay", Scalar.BIGINT),
                new Field("distance", Scalar.BIGINT),
                new Field("origin", Scalar.TEXT),
                new Field("destination", Scalar.TEXT));
        run(flights, schema, List.of(0, 1, 2, 3));
        for (int round = 0; round < 4; round++) {
            long start = System.nanoTime();
            long rows = 0;
            for (int i = 0; i < 5; i++) {
                rows += byHand(flights, schema.select(List.of(0, 1, 2, 3)));
            }
            report("by hand", rows, start, flights.length * 5L);
        }
        run(flights, schema, List.of(0, 1, 2, 3));
        run(flights, schema, List.of(1));
    }

    private static void run(byte[] bytes, Schema schema, List<Integer> projection) {
        FormatSpec spec = new FormatSpec("json", schema, projection, new OptionValues(Map.of()));
        RecordDecoder decoder = new JsonFormat().decoder(spec);
        BatchBuilder out = new BatchBuilder(spec.projected(), Batch.TARGET_ROWS);
        for (int round = 0; round < ROUNDS; round++) {
            long start = System.nanoTime();
            long rows = 0;
            int position = 0;
            while (position < bytes.length) {
                position = decoder.decode(bytes, position, bytes.length, true, out, (b, f, t, reason) -> {
                    throw reason;
                });
                rows += out.build().size();
            }
            if (round >= ROUNDS - 3) {
                report("decoder " + projection, rows, start, bytes.length);
            }
        }
    }

    private static void report(String name, long rows, long start, long bytes) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.2f M rows/s, %.0f MB/s%n", name, rows / seconds / 1e6, bytes / seconds / 1e6);
    }

    /** What one would write for flights alone: fixed keys in fixed order, nothing checked that is not needed. */
    private static long byHand(byte[] b, Schema schema) {
        BatchBuilder out = new BatchBuilder(schema, Batch.TARGET_ROWS);
        int departed = "{\"departed_at\":\"".length();
        int delay = "\",\"delay\":".length();
        int distance = ",\"distance\":".length();
        int origin = ",\"origin\":\"".length();
        int destination = "\",\"destination\":\"".length();
        byte[][] keys = {
            bytes("{\"departed_at\":\""),
            bytes("\",\"delay\":"),
            bytes(",\"distance\":"),
            bytes(",\"origin\":\""),
            bytes("\",\"destination\":\"")
        };
        LongBuilder times = (LongBuilder) out.column(0);
        LongBuilder delays = (LongBuilder) out.column(1);
        LongBuilder distances = (LongBuilder) out.column(2);
        BytesBuilder origins = (BytesBuilder) out.column(3);
        long rows = 0;
        int p = 0;
        while (p < b.length) {
            p = key(b, p, keys[0], departed);
            int end = quote(b, p);
            times.append(TemporalText.parseTimestamp(b, p, end));
            p = key(b, end, keys[1], delay);
            boolean negative = b[p] == '-';
            p += negative ? 1 : 0;
            long value = 0;
            while (b[p] >= '0') {
                value = value * 10 + b[p++] - '0';
            }
            delays.append(negative ? -value : value);
            p = key(b, p, keys[2], distance);
            value = 0;
            while (b[p] >= '0') {
                value = value * 10 + b[p++] - '0';
            }
            distances.append(value);
            p = key(b, p, keys[3], origin);
            end = quote(b, p);
            origins.view(b, p, end - p);
            p = key(b, end, keys[4], destination);
            p = quote(b, p) + 3;
            out.endRow(0);
            rows++;
            if (out.rows() == Batch.TARGET_ROWS) {
                out.build();
            }
        }
        return rows;
    }

    private static int key(byte[] b, int p, byte[] key, int length) {
        if (!java.util.Arrays.equals(b, p, p + length, key, 0, length)) {
            throw new IllegalStateException();
        }
        return p + length;
    }

    private static int quote(byte[] b, int from) {
        int p = from;
        while (b[p] != '"') {
            p++;
        }
        return p;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
