package io.laminar.metadata;

/** Who changed what, for ever. */
public final class AuditLog {
    private final Store store;
    private final Rows<AuditEntry> rows;

    AuditLog(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "entry",
                "aud_",
                "audit",
                "SELECT * FROM audit",
                (row, context) -> new AuditEntry(
                        row.getString("id"),
                        row.getString("actor"),
                        row.getString("action"),
                        row.getString("resource"),
                        row.getString("details"),
                        Times.instant(row.getLong("created_at"))));
    }

    public void note(String actor, String action, String resource, String details) {
        String id = rows.newId();
        long now = store.now();
        store.inTransaction(
                handle -> handle.createUpdate("INSERT INTO audit (id, actor, action, resource, details, created_at)"
                                + " VALUES (:id, :actor, :action, :resource, :details, :now)")
                        .bind("id", id)
                        .bind("actor", actor)
                        .bind("action", action)
                        .bind("resource", resource)
                        .bind("details", details)
                        .bind("now", now)
                        .execute());
    }

    public Page<AuditEntry> page(Page.Request request) {
        return rows.page(request);
    }
}
