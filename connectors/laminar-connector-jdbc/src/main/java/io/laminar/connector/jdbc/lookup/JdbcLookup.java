package io.laminar.connector.jdbc.lookup;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.laminar.connector.jdbc.database.Database;
import io.laminar.connector.jdbc.database.JdbcErrors;
import io.laminar.connector.jdbc.database.JdbcValues;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Asks a table of a database for the rows of keys, by as many threads as there are connections. */
public final class JdbcLookup implements KeyedTable {
    private static final int REQUEST_SIZE = 64;
    private static final int FIRST_ROWS = 64;
    private static final long CONNECT_MILLIS = 10_000;

    private final TableDescriptor table;
    private final String databaseTable;
    private final List<Integer> keys;
    private final HikariDataSource connections;
    private final ExecutorService threads;
    private volatile @Nullable JdbcQuery query;

    /**
     * @param databaseTable the table's name in the database
     * @param count connections, each with its thread
     */
    public JdbcLookup(TableDescriptor table, Database database, String databaseTable, int count, List<Integer> keys) {
        this.table = table;
        this.databaseTable = databaseTable;
        this.keys = keys;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.url());
        config.setUsername(database.username());
        config.setPassword(database.password());
        config.setMaximumPoolSize(count);
        config.setMinimumIdle(0);
        config.setReadOnly(true);
        config.setConnectionTimeout(CONNECT_MILLIS);
        // The first request says what is wrong with the database, and may be made again.
        config.setInitializationFailTimeout(-1);
        config.setPoolName("lookup-" + table.name());
        connections = new HikariDataSource(config);
        threads = Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "lookup-" + table.name());
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int requestSize() {
        return REQUEST_SIZE;
    }

    @Override
    public CompletionStage<LookupAnswer> find(Column[] keyColumns, int count) {
        CompletableFuture<LookupAnswer> answer = new CompletableFuture<>();
        threads.execute(() -> {
            try (Connection connection = connections.getConnection()) {
                answer.complete(ask(connection, keyColumns, count));
            } catch (SQLException e) {
                answer.completeExceptionally(
                        JdbcErrors.isPermanent(e)
                                ? JdbcErrors.permanent(table.name(), e)
                                : new IllegalStateException(JdbcErrors.firstLine(e), e));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private LookupAnswer ask(Connection connection, Column[] keyColumns, int count) throws SQLException {
        Schema schema = table.schema();
        try (PreparedStatement statement =
                connection.prepareStatement(query(connection).text(count))) {
            int parameter = 1;
            for (int key = 0; key < count; key++) {
                for (int c = 0; c < keyColumns.length; c++) {
                    JdbcValues.bind(schema.type(keys.get(c)), keyColumns[c], key, statement, parameter++);
                }
            }
            try (ResultSet rows = statement.executeQuery()) {
                return read(rows, schema);
            }
        }
    }

    private JdbcQuery query(Connection connection) throws SQLException {
        JdbcQuery known = query;
        if (known == null) {
            known = JdbcQuery.of(connection, databaseTable, table.schema(), keys);
            query = known;
        }
        return known;
    }

    private static LookupAnswer read(ResultSet rows, Schema schema) throws SQLException {
        BatchBuilder found = new BatchBuilder(schema, FIRST_ROWS);
        int[] numbers = new int[FIRST_ROWS];
        int count = 0;
        while (rows.next()) {
            if (count == numbers.length) {
                numbers = Arrays.copyOf(numbers, count * 2);
            }
            numbers[count++] = rows.getInt(1);
            for (int c = 0; c < schema.size(); c++) {
                JdbcValues.append(schema.field(c), found.column(c), rows, c + 2);
            }
            found.endRow(0);
        }
        return new LookupAnswer(found.build(), numbers);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        connections.close();
    }
}
