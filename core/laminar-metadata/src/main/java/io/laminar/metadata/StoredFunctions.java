package io.laminar.metadata;

import io.laminar.spi.error.LaminarException;
import java.util.Optional;

/** The functions of users. */
public final class StoredFunctions {
    private final Store store;
    private final Rows<StoredFunction> rows;

    StoredFunctions(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "function",
                "udf_",
                "functions",
                "SELECT * FROM functions",
                (row, context) -> new StoredFunction(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("definition"),
                        row.getString("description"),
                        Times.instant(row.getLong("created_at"))));
    }

    /** @throws LaminarException NAME_TAKEN */
    public StoredFunction create(String name, String definition, String description) {
        String id = rows.newId();
        store.inserting(rows.kind(), name, handle -> handle.createUpdate(
                        "INSERT INTO functions (id, name, definition, description, created_at)"
                                + " VALUES (:id, :name, :definition, :description, :now)")
                .bind("id", id)
                .bind("name", name)
                .bind("definition", definition)
                .bind("description", description)
                .bind("now", store.now())
                .execute());
        return rows.get(id);
    }

    public Optional<StoredFunction> find(String id) {
        return rows.find(id);
    }

    /** Found whatever the case of the name, as in SQL. */
    public Optional<StoredFunction> named(String name) {
        return rows.calledLike(name);
    }

    /** @throws LaminarException NOT_FOUND */
    public StoredFunction get(String id) {
        return rows.get(id);
    }

    public Page<StoredFunction> page(Page.Request request) {
        return rows.page(request);
    }

    /** @throws LaminarException NOT_FOUND, or IN_USE by pipelines */
    public void delete(String id) {
        rows.deleteUnused(id);
    }
}
