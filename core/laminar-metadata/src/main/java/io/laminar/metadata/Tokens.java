package io.laminar.metadata;

import io.laminar.spi.error.LaminarException;
import java.util.Optional;

/** The tokens. */
public final class Tokens {
    private final Store store;
    private final Rows<Token> rows;

    Tokens(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "token",
                "tok_",
                "tokens",
                "SELECT * FROM tokens",
                (row, context) -> new Token(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("role"),
                        row.getString("hash"),
                        Times.instant(row.getLong("created_at")),
                        Times.of(row, "last_used_at")));
    }

    /**
     * @param hash of the token's text, which is not kept
     * @throws LaminarException NAME_TAKEN
     */
    public Token create(String name, String role, String hash) {
        String id = rows.newId();
        store.inserting(rows.kind(), name, handle -> handle.createUpdate(
                        "INSERT INTO tokens (id, name, role, hash, created_at) VALUES (:id, :name, :role, :hash, :now)")
                .bind("id", id)
                .bind("name", name)
                .bind("role", role)
                .bind("hash", hash)
                .bind("now", store.now())
                .execute());
        return rows.get(id);
    }

    public Optional<Token> withHash(String hash) {
        return store.find("SELECT * FROM tokens WHERE hash = :value", hash, rows.mapper());
    }

    public boolean isEmpty() {
        return rows.page(Page.Request.first(1)).data().isEmpty();
    }

    public Page<Token> page(Page.Request request) {
        return rows.page(request);
    }

    /** Notes that a token has been used just now. */
    public void used(String id) {
        long now = store.now();
        store.inTransaction(handle -> handle.createUpdate("UPDATE tokens SET last_used_at = :now WHERE id = :id")
                .bind("now", now)
                .bind("id", id)
                .execute());
    }

    /** @throws LaminarException NOT_FOUND */
    public void delete(String id) {
        store.inTransaction(handle -> {
            rows.delete(handle, id);
            return true;
        });
    }
}
