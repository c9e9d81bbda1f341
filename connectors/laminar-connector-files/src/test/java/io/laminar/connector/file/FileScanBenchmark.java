package io.laminar.connector.file;

import io.laminar.connector.file.FileTables.Spec;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * Rows per second from a file to the first operator of a Flink job. Run with the path of a file of flights, json or csv
 * and the parallelism; not a test.
 */
public final class FileScanBenchmark {
    private static final int ROUNDS = 8;

    private FileScanBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Spec table = new Spec(
                "single_file",
                Path.of(arguments[0]),
                arguments[1],
                new Field("departed_at", Scalar.TIMESTAMP),
                new Field("delay", Scalar.BIGINT),
                new Field("distance", Scalar.BIGINT),
                new Field("origin", Scalar.TEXT));
        for (int round = 0; round < ROUNDS; round++) {
            StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(
                    Integer.parseInt(arguments[2]), new Configuration());
            environment.getConfig().enableObjectReuse();
            var rows = environment
                    .fromSource(FileJobs.source(table.table()), WatermarkStrategy.noWatermarks(), "source")
                    .map(new RowCounter());
            rows.sinkTo(new DiscardingSink<>());
            long rowsSeen = environment.execute().<Long>getAccumulatorResult(RowCounter.ROWS);
            double seconds = RowCounter.seconds();
            System.out.printf("%d rows, %.2f M rows/s%n", rowsSeen, rowsSeen / seconds / 1e6);
        }
    }
}
