package io.laminar.metadata;

import io.laminar.spi.error.LaminarException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The connection tables. */
public final class StoredTables {
    private final Store store;
    private final Rows<StoredTable> rows;

    StoredTables(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "connection table",
                "tbl_",
                "connection_tables",
                "SELECT * FROM connection_tables",
                (row, context) -> new StoredTable(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("profile_id"),
                        row.getString("definition"),
                        Times.instant(row.getLong("created_at"))));
    }

    /** @throws LaminarException NAME_TAKEN, or NOT_FOUND if there is no such profile */
    public StoredTable create(String name, @Nullable String profile, String definition) {
        String id = rows.newId();
        store.inserting(rows.kind(), name, handle -> {
            if (profile != null
                    && handle.createQuery("SELECT id FROM connection_profiles WHERE id = :id")
                            .bind("id", profile)
                            .mapTo(String.class)
                            .findOne()
                            .isEmpty()) {
                throw Store.notFound("connection profile", profile);
            }
            return handle.createUpdate("INSERT INTO connection_tables (id, name, profile_id, definition, created_at)"
                            + " VALUES (:id, :name, :profile, :definition, :now)")
                    .bind("id", id)
                    .bind("name", name)
                    .bind("profile", profile)
                    .bind("definition", definition)
                    .bind("now", store.now())
                    .execute();
        });
        return rows.get(id);
    }

    public Optional<StoredTable> find(String id) {
        return rows.find(id);
    }

    /** Found whatever the case of the name, as in SQL. */
    public Optional<StoredTable> named(String name) {
        return rows.calledLike(name);
    }

    /** @throws LaminarException NOT_FOUND */
    public StoredTable get(String id) {
        return rows.get(id);
    }

    public Page<StoredTable> page(Page.Request request) {
        return rows.page(request);
    }

    /** @throws LaminarException NOT_FOUND, or IN_USE by pipelines */
    public void delete(String id) {
        rows.deleteUnused(id);
    }
}
