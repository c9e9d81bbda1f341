package io.laminar.metadata;

import com.zaxxer.hikari.HikariDataSource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The store. May be used by any thread; every call is one transaction. */
public final class Metadata implements AutoCloseable {
    private final HikariDataSource connections;
    private final @Nullable StoreLock lock;
    private final Profiles profiles;
    private final StoredTables tables;
    private final StoredFunctions functions;
    private final Pipelines pipelines;
    private final Jobs jobs;
    private final Tokens tokens;
    private final AuditLog audit;

    private Metadata(
            HikariDataSource connections, @Nullable StoreLock lock, MetadataLocation location, InstantSource clock) {
        this.connections = connections;
        this.lock = lock;
        Store store = new Store(Jdbi.create(connections), location, new Ids(clock), clock);
        profiles = new Profiles(store);
        tables = new StoredTables(store);
        functions = new StoredFunctions(store);
        pipelines = new Pipelines(store);
        jobs = new Jobs(store);
        tokens = new Tokens(store);
        audit = new AuditLog(store);
    }

    /**
     * Opens the store, which is made or brought to the present version where it has to be.
     *
     * @throws LaminarException METADATA_UNAVAILABLE; USAGE if another process has opened it
     */
    public static Metadata open(MetadataLocation location, InstantSource clock) {
        StoreLock lock = location.isSqlite() ? null : StoreLock.take(location);
        HikariDataSource connections = null;
        try {
            connections = Connections.open(location);
            migrate(connections, location);
            return new Metadata(connections, lock, location, clock);
        } catch (RuntimeException e) {
            if (connections != null) {
                connections.close();
            }
            if (lock != null) {
                lock.close();
            }
            throw e;
        }
    }

    private static void migrate(HikariDataSource connections, MetadataLocation location) {
        try {
            Flyway.configure(Metadata.class.getClassLoader())
                    .dataSource(connections)
                    .loggers("slf4j")
                    .locations("classpath:io/laminar/metadata/migrations")
                    .table("schema_versions")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            throw Connections.unavailable(location, failed);
        }
    }

    public Profiles profiles() {
        return profiles;
    }

    public StoredTables tables() {
        return tables;
    }

    public StoredFunctions functions() {
        return functions;
    }

    public Pipelines pipelines() {
        return pipelines;
    }

    public Jobs jobs() {
        return jobs;
    }

    public Tokens tokens() {
        return tokens;
    }

    public AuditLog audit() {
        return audit;
    }

    /**
     * Makes sure that no other process works with the store, as far as is known.
     *
     * @throws LaminarException METADATA_UNAVAILABLE
     */
    public void requireOwn() {
        if (lock != null && !lock.isHeld()) {
            throw new LaminarException(
                    ErrorCode.METADATA_UNAVAILABLE,
                    "the lock of the metadata is not held: another server may work with them",
                    "stop one of the two");
        }
    }

    @Override
    public void close() {
        connections.close();
        if (lock != null) {
            lock.close();
        }
    }
}
