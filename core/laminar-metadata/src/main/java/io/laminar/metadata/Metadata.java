package io.laminar.metadata;

import com.zaxxer.hikari.HikariDataSource;
import io.laminar.spi.error.LaminarException;
import java.time.InstantSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jdbi.v3.core.Jdbi;

/** The store. May be used by any thread; every call is one transaction. */
public final class Metadata implements AutoCloseable {
    private final HikariDataSource connections;
    private final Profiles profiles;
    private final StoredTables tables;
    private final StoredFunctions functions;
    private final Pipelines pipelines;
    private final Jobs jobs;
    private final Tokens tokens;
    private final AuditLog audit;

    private Metadata(HikariDataSource connections, MetadataLocation location, InstantSource clock) {
        this.connections = connections;
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
     * @throws LaminarException METADATA_UNAVAILABLE
     */
    public static Metadata open(MetadataLocation location, InstantSource clock) {
        HikariDataSource connections = Connections.open(location);
        try {
            Flyway.configure(Metadata.class.getClassLoader())
                    .dataSource(connections)
                    .loggers("slf4j")
                    .locations("classpath:io/laminar/metadata/migrations")
                    .table("schema_versions")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            connections.close();
            throw Connections.unavailable(location, failed);
        }
        return new Metadata(connections, location, clock);
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

    @Override
    public void close() {
        connections.close();
    }
}
