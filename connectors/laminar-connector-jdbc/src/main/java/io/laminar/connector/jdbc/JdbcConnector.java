package io.laminar.connector.jdbc;

import io.laminar.connector.FormatUse;
import io.laminar.connector.LookupConnector;
import io.laminar.connector.TableUse;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.lookup.LookupTable;
import io.laminar.spi.option.Option;
import io.laminar.spi.table.TableDescriptor;
import io.laminar.spi.type.Field;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/** {@code connector = 'jdbc'}: a table of a database, asked for rows by key. */
public final class JdbcConnector implements LookupConnector {
    static final Option URL = Option.text("url", "The database, as in jdbc:postgresql://host/name.")
            .asRequired();
    static final Option TABLE = Option.text("table", "The table or view, with its schema if need be.")
            .asRequired();
    static final Option USERNAME = Option.text("username", "Who connects.");
    static final Option PASSWORD =
            Option.text("password", "The password of who connects.").asSecret();
    static final Option CONNECTIONS = Option.integer(
                    "lookup.connections",
                    "Connections of each subtask, which is how many requests run at the same time.")
            .withDefault(4L);

    @Override
    public String name() {
        return "jdbc";
    }

    @Override
    public String description() {
        return "A table of a database, joined by key: each row gets what the table says when it comes.";
    }

    @Override
    public List<Option> options() {
        return List.of(URL, TABLE, USERNAME, PASSWORD, CONNECTIONS);
    }

    @Override
    public Set<TableUse> uses() {
        return Set.of(TableUse.LOOKUP);
    }

    @Override
    public FormatUse formatUse() {
        return FormatUse.NONE;
    }

    @Override
    public void check(TableDescriptor table, TableUse use) {
        String url = table.options().text(URL);
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "there is no JDBC driver for '" + JdbcErrors.withoutSecrets(url) + "'",
                    null,
                    "PostgreSQL is built in; put the jar of another driver on the class path",
                    e);
        }
        for (Field field : table.schema().fields()) {
            if (!JdbcValues.reads(field.type())) {
                throw new LaminarException(
                        ErrorCode.INVALID_SCHEMA,
                        "connector 'jdbc' cannot read column '" + field.name() + "' of type " + field.type(),
                        "leave it out, or declare it as TEXT");
            }
        }
        if (table.options().integer(CONNECTIONS) < 1) {
            throw new LaminarException(ErrorCode.INVALID_OPTION, "lookup.connections is at least 1");
        }
    }

    @Override
    public LookupTable lookup(TableDescriptor table, List<Integer> keys) {
        return new JdbcLookup(table, keys);
    }
}
