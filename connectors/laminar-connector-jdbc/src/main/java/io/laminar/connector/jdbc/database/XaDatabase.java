package io.laminar.connector.jdbc.database;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import javax.sql.XAConnection;
import javax.sql.XADataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.xa.PGXADataSource;

/** Connections whose transactions can be prepared now and committed later. */
public final class XaDatabase {
    /** The drivers' classes by the start of the URL; they come with the drivers, which need not be there. */
    private static final Map<String, String> SOURCES = Map.of(
            "jdbc:mariadb:", "org.mariadb.jdbc.MariaDbDataSource",
            "jdbc:mysql:", "com.mysql.cj.jdbc.MysqlXADataSource",
            "jdbc:h2:", "org.h2.jdbcx.JdbcDataSource");

    private XaDatabase() {}

    /** A new connection; its owner closes it. */
    public static XAConnection connect(Database database) throws SQLException {
        return source(database).getXAConnection();
    }

    /** @throws LaminarException INVALID_OPTION for databases without such transactions */
    public static void check(Database database) {
        source(database);
    }

    private static XADataSource source(Database database) {
        return database.isPostgres() ? postgres(database) : other(database);
    }

    private static XADataSource postgres(Database database) {
        PGXADataSource source = new PGXADataSource();
        source.setUrl(database.url());
        try {
            for (String name : database.properties().stringPropertyNames()) {
                source.setProperty(name, database.properties().getProperty(name));
            }
        } catch (SQLException e) {
            throw unusable(database, e);
        }
        return source;
    }

    private static XADataSource other(Database database) {
        String name = SOURCES.entrySet().stream()
                .filter(entry -> database.url().startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> unusable(database, null));
        try {
            XADataSource source = Class.forName(name)
                    .asSubclass(XADataSource.class)
                    .getDeclaredConstructor()
                    .newInstance();
            set(source, List.of("setUrl", "setURL"), database.url());
            set(source, List.of("setUser"), database.username());
            set(source, List.of("setPassword"), database.password());
            return source;
        } catch (ReflectiveOperationException e) {
            throw unusable(database, e);
        }
    }

    private static void set(XADataSource source, List<String> setters, @Nullable String value)
            throws ReflectiveOperationException {
        if (value == null) {
            return;
        }
        for (Method method : source.getClass().getMethods()) {
            if (setters.contains(method.getName())
                    && List.of(method.getParameterTypes()).equals(List.of(String.class))) {
                invoke(method, source, value);
                return;
            }
        }
        throw new NoSuchMethodException(setters.get(0));
    }

    private static void invoke(Method method, XADataSource source, String value) throws IllegalAccessException {
        try {
            method.invoke(source, value);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static LaminarException unusable(Database database, @Nullable Exception cause) {
        return new LaminarException(
                ErrorCode.INVALID_OPTION,
                "there are no XA transactions with '" + database.shown() + "'",
                null,
                "sink.exactly_once = 'ledger' needs none; XA works with PostgreSQL, and with the drivers of MariaDB,"
                        + " MySQL and H2 on the class path",
                cause);
    }
}
