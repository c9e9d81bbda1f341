package io.laminar.format.parquet;

import io.laminar.spi.batch.Batch;
import io.laminar.spi.format.FileReader;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import io.laminar.spi.type.Schema;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Rows per second of the reader on one core. Run with the path of flights-3m.parquet; not a test. */
public final class ParquetReadBenchmark {
    private ParquetReadBenchmark() {}

    public static void main(String[] arguments) throws IOException {
        Schema schema = Schema.of(
                new Field("date", Scalar.TIMESTAMP),
                new Field("delay", Scalar.BIGINT),
                new Field("distance", Scalar.BIGINT),
                new Field("origin", Scalar.TEXT),
                new Field("destination", Scalar.TEXT));
        for (int round = 0; round < 6; round++) {
            long start = System.nanoTime();
            long rows = 0;
            try (FileReader reader = new ParquetFormat()
                    .open(new ParquetFiles.Input(Path.of(arguments[0])), ParquetFiles.spec(schema, Map.of()))) {
                for (Batch batch = reader.next(); batch != null; batch = reader.next()) {
                    rows += batch.size();
                }
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf("%d rows, %.2f M rows/s%n", rows, rows / seconds / 1e6);
        }
    }
}
