package io.laminar.metadata;

import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Optional;

/** The connection profiles. */
public final class Profiles {
    private final Store store;
    private final Rows<Profile> rows;

    Profiles(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "connection profile",
                "prof_",
                "connection_profiles",
                "SELECT * FROM connection_profiles",
                (row, context) -> new Profile(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("connector"),
                        row.getString("description"),
                        row.getString("options"),
                        Times.instant(row.getLong("created_at")),
                        Times.instant(row.getLong("updated_at"))));
    }

    /** @throws LaminarException NAME_TAKEN */
    public Profile create(String name, String connector, String description, String options) {
        String id = rows.newId();
        long now = store.now();
        store.inserting(rows.kind(), name, handle -> handle.createUpdate("INSERT INTO connection_profiles"
                        + " (id, name, connector, description, options, created_at, updated_at)"
                        + " VALUES (:id, :name, :connector, :description, :options, :now, :now)")
                .bind("id", id)
                .bind("name", name)
                .bind("connector", connector)
                .bind("description", description)
                .bind("options", options)
                .bind("now", now)
                .execute());
        return get(id);
    }

    public Optional<Profile> find(String id) {
        return rows.find(id);
    }

    public Optional<Profile> named(String name) {
        return rows.named(name);
    }

    /** @throws LaminarException NOT_FOUND */
    public Profile get(String id) {
        return rows.get(id);
    }

    public Page<Profile> page(Page.Request request) {
        return rows.page(request);
    }

    /** @throws LaminarException NOT_FOUND */
    public Profile update(String id, String description, String options) {
        long now = store.now();
        int changed = store.inTransaction(handle -> handle.createUpdate("UPDATE connection_profiles"
                        + " SET description = :description, options = :options, updated_at = :now WHERE id = :id")
                .bind("description", description)
                .bind("options", options)
                .bind("now", now)
                .bind("id", id)
                .execute());
        rows.require(changed, id);
        return get(id);
    }

    /** @throws LaminarException NOT_FOUND, or IN_USE by tables or pipelines */
    public void delete(String id) {
        store.inTransaction(handle -> {
            Store.requireUnused(handle, rows.kind(), id);
            List<String> tables = handle.createQuery(
                            "SELECT name FROM connection_tables WHERE profile_id = :id ORDER BY name LIMIT 5")
                    .bind("id", id)
                    .mapTo(String.class)
                    .list();
            if (!tables.isEmpty()) {
                throw Store.inUse(rows.kind(), "tables are reached through it: " + String.join(", ", tables));
            }
            rows.delete(handle, id);
            return true;
        });
    }
}
