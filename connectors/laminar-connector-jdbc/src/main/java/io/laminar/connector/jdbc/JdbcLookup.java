package io.laminar.connector.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.laminar.spi.batch.BatchBuilder;
import io.laminar.spi.batch.Column;
import io.laminar.spi.lookup.KeyedTable;
import io.laminar.spi.lookup.LookupAnswer;
import io.laminar.spi.option.Option;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Asks a table of a database for the rows of keys, by as many threads as there are connections. */
final class JdbcLookup implements KeyedTable {
    private static final int REQUEST_SIZE = 64;
    private static final int FIRST_ROWS = 64;
    private static final long CONNECT_MILLIS = 10_000;

    private final TableDescriptor table;
    private final List<Integer> keys;
    private final HikariDataSource connections;
    private final ExecutorService threads;
    private volatile @Nullable JdbcQuery query;

    JdbcLookup(TableDescriptor table, List<Integer> keys) {
        this.table = table;
        this.keys = keys;
        int count = Math.toIntExact(table.options().integer(JdbcConnector.CONNECTIONS));
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(table.options().text(JdbcConnector.URL));
        option(JdbcConnector.USERNAME, config::setUsername);
        option(JdbcConnector.PASSWORD, config::setPassword);
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

    private void option(Option option, Consumer<String> setter) {
        table.options().find(option).ifPresent(value -> setter.accept((String) value));
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
            known = JdbcQuery.of(connection, table.options().text(JdbcConnector.TABLE), table.schema(), keys);
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
