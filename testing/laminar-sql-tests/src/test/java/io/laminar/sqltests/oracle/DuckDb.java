package io.laminar.sqltests.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The oracle: DuckDB in memory, with a table {@code flights}. */
final class DuckDb implements AutoCloseable {

    private final Path flights;
    private Connection connection;

    DuckDb(Path flights) throws SQLException {
        this.flights = flights;
        this.connection = load(flights);
    }

    /** Begins anew: after an internal error DuckDB answers nothing more. */
    void reload() throws SQLException {
        connection.close();
        connection = load(flights);
    }

    private static Connection load(Path flights) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE flights AS SELECT * FROM read_json('" + flights
                    + "', format = 'newline_delimited', columns = {departed_at: 'TIMESTAMP', delay: 'INTEGER',"
                    + " distance: 'INTEGER', origin: 'VARCHAR', destination: 'VARCHAR'})");
        }
        return connection;
    }

    ResultRows query(String sql) throws SQLException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            int columns = result.getMetaData().getColumnCount();
            while (result.next()) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int c = 1; c <= columns; c++) {
                    row.add(value(result.getObject(c)));
                }
                rows.add(row);
            }
        }
        return new ResultRows(rows);
    }

    /** Times in microseconds, dates in days, arrays as lists, as Laminar has them. */
    private static @Nullable Object value(@Nullable Object value) throws SQLException {
        if (value instanceof Timestamp at) {
            return micros(at.toLocalDateTime());
        } else if (value instanceof LocalDateTime at) {
            return micros(at);
        } else if (value instanceof OffsetDateTime at) {
            return micros(at.withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());
        } else if (value instanceof LocalDate date) {
            return date.toEpochDay();
        } else if (value instanceof java.sql.Date date) {
            return date.toLocalDate().toEpochDay();
        } else if (value instanceof java.sql.Array array) {
            List<@Nullable Object> values = new ArrayList<>();
            for (Object element : (Object[]) array.getArray()) {
                values.add(value(element));
            }
            return values;
        }
        return value;
    }

    private static long micros(LocalDateTime at) {
        return ChronoUnit.MICROS.between(LocalDateTime.ofEpochSecond(0, 0, ZoneOffset.UTC), at);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
