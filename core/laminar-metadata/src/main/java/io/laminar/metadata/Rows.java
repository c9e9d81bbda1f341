package io.laminar.metadata;

import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.RowMapper;

/**
 * How the rows of a collection are found.
 *
 * @param kind what one is called in messages
 * @param prefix of ids
 * @param table of the database
 * @param select all columns that the mapper wants; the first table of FROM is {@code table}
 */
record Rows<T>(Store store, String kind, String prefix, String table, String select, RowMapper<T> mapper) {

    String newId() {
        return store.newId(prefix);
    }

    Optional<T> find(String id) {
        return store.find(select + " WHERE " + table + ".id = :value", id, mapper);
    }

    Optional<T> named(String name) {
        return store.find(select + " WHERE " + table + ".name = :value", name, mapper);
    }

    /** Finds by a name whatever its case, as SQL does. */
    Optional<T> calledLike(String name) {
        return store.find(select + " WHERE lower(" + table + ".name) = lower(:value)", name, mapper);
    }

    T get(String id) {
        return find(id).orElseThrow(() -> Store.notFound(kind, id));
    }

    Page<T> page(Page.Request request) {
        return page("", Map.of(), request);
    }

    /** @param where further conditions, which start with {@code AND} */
    Page<T> page(String where, Map<String, Object> values, Page.Request request) {
        return store.page(select, where, values, request, mapper);
    }

    void delete(Handle handle, String id) {
        int deleted = handle.createUpdate("DELETE FROM " + table + " WHERE id = :id")
                .bind("id", id)
                .execute();
        require(deleted, id);
    }

    /** Deletes what no pipeline uses. */
    void deleteUnused(String id) {
        store.inTransaction(handle -> {
            Store.requireUnused(handle, kind, id);
            delete(handle, id);
            return true;
        });
    }

    /** Refuses what has met no row. */
    void require(int changed, String id) {
        if (changed == 0) {
            throw Store.notFound(kind, id);
        }
    }
}
