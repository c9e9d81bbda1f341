package io.laminar.connector.jdbc.sink;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.connector.JobContext;
import io.laminar.connector.jdbc.JdbcConnector;
import io.laminar.connector.jdbc.Servers;
import io.laminar.connector.jdbc.Tables.Spec;
import io.laminar.spi.batch.Batch;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.BytesColumn;
import io.laminar.spi.batch.DoubleColumn;
import io.laminar.spi.batch.LongColumn;
import io.laminar.spi.batch.Values;
import io.laminar.spi.type.DataType.Scalar;
import io.laminar.spi.type.Field;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.metrics.SimpleCounter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rows per second beside a hand-written loop over the same columns: a prepared statement, one parameter per value, and
 * the driver's own rewriting of batches into statements of many rows. In turn, medians; prints the ratios.
 */
@Tag("slow")
class SinkSpeedTest {
    private static final int ROWS = 4096;
    private static final int BATCHES = 25;
    private static final int REPETITIONS = 7;
    private static final Field[] COLUMNS = {
        new Field("id", Scalar.BIGINT, false),
        new Field("name", Scalar.TEXT),
        new Field("price", Scalar.DOUBLE),
        new Field("at", Scalar.TIMESTAMP)
    };

    private static List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        for (int b = 0; b < BATCHES; b++) {
            BatchBuilder rows = new BatchBuilder(io.laminar.spi.type.Schema.of(COLUMNS), ROWS);
            for (int i = 0; i < ROWS; i++) {
                long id = (long) b * ROWS + i;
                Values.append(Scalar.BIGINT, rows.column(0), id);
                Values.append(Scalar.TEXT, rows.column(1), "customer number " + id);
                Values.append(Scalar.DOUBLE, rows.column(2), id / 7.0);
                Values.append(Scalar.TIMESTAMP, rows.column(3), 1_700_000_000_000_000L + id * 1_001);
                rows.endRow(0);
            }
            batches.add(rows.build());
        }
        return batches;
    }

    /** Writes batches and says how many seconds it took. */
    private interface Way {
        double write(List<Batch> batches) throws SQLException;
    }

    @Test
    void inserts() throws SQLException {
        compare("jdbc insert", "id BIGINT, name TEXT, price DOUBLE PRECISION, at TIMESTAMP", false);
    }

    @Test
    void upserts() throws SQLException {
        compare("jdbc upsert", "id BIGINT PRIMARY KEY, name TEXT, price DOUBLE PRECISION, at TIMESTAMP", true);
    }

    private static void compare(String what, String columns, boolean keyed) throws SQLException {
        String url = Servers.postgres();
        List<Batch> batches = batches();
        Spec plain = new Spec(url, "speed", COLUMNS);
        Spec table = keyed ? plain.key("id") : plain;
        String[] create = {"DROP TABLE IF EXISTS speed", "CREATE TABLE speed (" + columns + ")"};
        Way own = all -> sink(table, all);
        Way loop = all -> loop(url, keyed, all);
        double[] ratios = new double[REPETITIONS];
        double[] seconds = new double[REPETITIONS];
        for (int i = -2; i < REPETITIONS; i++) {
            Servers.execute(url, create);
            double first = own.write(batches);
            assertEquals(
                    List.of(String.valueOf(ROWS * BATCHES)), Servers.rows(url, "SELECT count(DISTINCT id) FROM speed"));
            Servers.execute(url, create);
            double second = loop.write(batches);
            if (i >= 0) {
                ratios[i] = second / first;
                seconds[i] = first;
            }
        }
        Arrays.sort(ratios);
        Arrays.sort(seconds);
        System.out.printf(
                "%s: %.0f rows/s, ratio to the loop %.2f (%.2f to %.2f)%n",
                what,
                ROWS * BATCHES / seconds[REPETITIONS / 2],
                ratios[REPETITIONS / 2],
                ratios[0],
                ratios[REPETITIONS - 1]);
    }

    private static double sink(Spec table, List<Batch> batches) throws SQLException {
        SinkSettings settings = ((DirectSink)
                        new JdbcConnector().sink(table.descriptor(), new JobContext("speed", Duration.ofSeconds(1))))
                .settings();
        ChangeBuffer buffer = new ChangeBuffer(settings.schema(), settings.key(), ROWS);
        ChangeWriter writer = new ChangeWriter(Atomic.TRANSACTION, new RefusedRows(settings, new SimpleCounter()));
        try (OpenTable open = OpenTable.on(settings.database().connect(), settings)) {
            long start = System.nanoTime();
            for (Batch batch : batches) {
                buffer.add(batch, 0);
                writer.write(buffer.drain(), open);
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }

    private static double loop(String url, boolean keyed, List<Batch> batches) throws SQLException {
        String sql = "INSERT INTO speed (id, name, price, at) VALUES (?, ?, ?, ?)"
                + (keyed
                        ? " ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, price = EXCLUDED.price,"
                                + " at = EXCLUDED.at"
                        : "");
        try (Connection connection = DriverManager.getConnection(url + "&reWriteBatchedInserts=true");
                PreparedStatement statement = connection.prepareStatement(sql)) {
            connection.setAutoCommit(false);
            long start = System.nanoTime();
            for (Batch batch : batches) {
                LongColumn ids = (LongColumn) batch.column(0);
                BytesColumn names = (BytesColumn) batch.column(1);
                DoubleColumn prices = (DoubleColumn) batch.column(2);
                LongColumn times = (LongColumn) batch.column(3);
                for (int row = 0; row < batch.size(); row++) {
                    statement.setLong(1, ids.value(row));
                    statement.setString(2, names.text(row));
                    statement.setDouble(3, prices.value(row));
                    statement.setObject(
                            4,
                            LocalDateTime.ofInstant(
                                    Instant.EPOCH.plus(times.value(row), ChronoUnit.MICROS), ZoneOffset.UTC));
                    statement.addBatch();
                }
                statement.executeBatch();
                connection.commit();
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
