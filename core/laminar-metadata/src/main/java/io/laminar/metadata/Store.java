package io.laminar.metadata;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;

/** What the collections have in common. */
final class Store {
    private static final String UNIQUE_IN_POSTGRES = "23505";

    private final Jdbi jdbi;
    private final MetadataLocation location;
    private final Ids ids;
    private final InstantSource clock;

    Store(Jdbi jdbi, MetadataLocation location, Ids ids, InstantSource clock) {
        this.jdbi = jdbi;
        this.location = location;
        this.ids = ids;
        this.clock = clock;
    }

    String newId(String prefix) {
        return ids.next(prefix);
    }

    long now() {
        return Times.micros(clock.instant());
    }

    /** @throws LaminarException METADATA_UNAVAILABLE, or what the work throws */
    <T> T inTransaction(Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException failed) {
            throw Connections.unavailable(location, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /**
     * Runs one query. It sees one state of the database without a transaction, and in SQLite neither waits for writers nor
     * holds them up.
     *
     * @throws LaminarException METADATA_UNAVAILABLE
     */
    <T> T reading(Function<Handle, T> query) {
        try {
            return jdbi.withHandle(query::apply);
        } catch (JdbiException failed) {
            throw Connections.unavailable(location, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    /** Runs a statement whose names have to be free. */
    <T> T inserting(String kind, String name, Function<Handle, T> work) {
        try {
            return jdbi.inTransaction(work::apply);
        } catch (JdbiException failed) {
            if (isUnique(failed)) {
                throw new LaminarException(
                        ErrorCode.NAME_TAKEN, "there is a " + kind + " '" + name + "' already", "choose another name");
            }
            throw Connections.unavailable(location, failed.getCause() == null ? failed : failed.getCause());
        }
    }

    private static boolean isUnique(Throwable failed) {
        return mentions(failed, UNIQUE_IN_POSTGRES, "UNIQUE constraint failed");
    }

    private static boolean mentions(Throwable failed, String state, String text) {
        for (Throwable t = failed; t != null; t = t.getCause()) {
            if (t instanceof SQLException sql
                    && (state.equals(sql.getSQLState())
                            || String.valueOf(sql.getMessage()).contains(text))) {
                return true;
            }
        }
        return false;
    }

    /**
     * A page of a table with the columns {@code id} and, if names matter, {@code name}.
     *
     * @param where conditions that start with {@code AND}; empty for none
     */
    <T> Page<T> page(
            String select, String where, Map<String, Object> values, Page.Request request, RowMapper<T> mapper) {
        StringBuilder sql = new StringBuilder(select).append(" WHERE 1 = 1").append(where);
        if (!request.startingAfter().isEmpty()) {
            sql.append(" AND id < :after");
        }
        if (!request.name().isEmpty()) {
            sql.append(" AND name LIKE :name ESCAPE '!'");
        }
        sql.append(" ORDER BY id DESC LIMIT :limit");
        return reading(handle -> {
            Query query = handle.createQuery(sql.toString());
            values.forEach(query::bind);
            query.bind("limit", request.limit() + 1);
            if (!request.startingAfter().isEmpty()) {
                query.bind("after", request.startingAfter());
            }
            if (!request.name().isEmpty()) {
                query.bind("name", like(request.name()));
            }
            List<T> found = new ArrayList<>(query.map(mapper).list());
            boolean hasMore = found.size() > request.limit();
            if (hasMore) {
                found.remove(found.size() - 1);
            }
            return new Page<>(found, hasMore);
        });
    }

    private static String like(String name) {
        return name.replace("!", "!!").replace("%", "!%").replace("_", "!_").replace('*', '%');
    }

    <T> Optional<T> find(String sql, String value, RowMapper<T> mapper) {
        return reading(handle ->
                handle.createQuery(sql).bind("value", value).map(mapper).findOne());
    }

    static LaminarException notFound(String kind, String id) {
        return new LaminarException(ErrorCode.NOT_FOUND, "there is no " + kind + " '" + id + "'");
    }

    /**
     * Refuses to delete what pipelines use.
     *
     * @throws LaminarException IN_USE
     */
    static void requireUnused(Handle handle, String kind, String id) {
        List<String> users = handle.createQuery("SELECT p.name FROM pipelines p JOIN pipeline_uses u"
                        + " ON u.pipeline_id = p.id WHERE u.resource_id = :id ORDER BY p.name LIMIT 5")
                .bind("id", id)
                .mapTo(String.class)
                .list();
        if (!users.isEmpty()) {
            throw inUse(kind, "pipelines use it: " + String.join(", ", users));
        }
    }

    static LaminarException inUse(String kind, String why) {
        return new LaminarException(
                ErrorCode.IN_USE, "the " + kind + " cannot be deleted: " + why, "change or delete those first");
    }
}
