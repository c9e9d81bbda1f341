package io.laminar.metadata;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The pipelines, each with all queries it has had. */
public final class Pipelines {
    private static final String SELECT = "SELECT pipelines.*, v.query FROM pipelines JOIN pipeline_versions v"
            + " ON v.pipeline_id = pipelines.id AND v.version = pipelines.version";

    private final Store store;
    private final Rows<Pipeline> rows;

    Pipelines(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "pipeline",
                "pipe_",
                "pipelines",
                SELECT,
                (row, context) -> new Pipeline(
                        row.getString("id"),
                        row.getString("name"),
                        row.getLong("version"),
                        row.getString("query"),
                        row.getString("settings"),
                        row.getInt("runs") != 0,
                        Times.instant(row.getLong("created_at")),
                        Times.instant(row.getLong("updated_at"))));
    }

    /**
     * @param uses ids of tables, profiles and functions that the query names
     * @throws LaminarException NAME_TAKEN
     */
    public Pipeline create(String name, String query, String settings, boolean runs, Set<String> uses) {
        String id = rows.newId();
        long now = store.now();
        store.inserting(rows.kind(), name, handle -> {
            handle.createUpdate("INSERT INTO pipelines (id, name, version, settings, runs, created_at, updated_at)"
                            + " VALUES (:id, :name, 1, :settings, :runs, :now, :now)")
                    .bind("id", id)
                    .bind("name", name)
                    .bind("settings", settings)
                    .bind("runs", runs ? 1 : 0)
                    .bind("now", now)
                    .execute();
            addVersion(handle, id, 1, query, now);
            use(handle, id, uses);
            return true;
        });
        return rows.get(id);
    }

    private static void addVersion(Handle handle, String id, long version, String query, long now) {
        handle.createUpdate("INSERT INTO pipeline_versions (pipeline_id, version, query, created_at)"
                        + " VALUES (:id, :version, :query, :now)")
                .bind("id", id)
                .bind("version", version)
                .bind("query", query)
                .bind("now", now)
                .execute();
    }

    private static void use(Handle handle, String id, Set<String> uses) {
        handle.createUpdate("DELETE FROM pipeline_uses WHERE pipeline_id = :id")
                .bind("id", id)
                .execute();
        for (String resource : uses) {
            handle.createUpdate("INSERT INTO pipeline_uses (pipeline_id, resource_id) VALUES (:id, :resource)")
                    .bind("id", id)
                    .bind("resource", resource)
                    .execute();
        }
    }

    public Optional<Pipeline> find(String id) {
        return rows.find(id);
    }

    public Optional<Pipeline> named(String name) {
        return rows.named(name);
    }

    /** @throws LaminarException NOT_FOUND */
    public Pipeline get(String id) {
        return rows.get(id);
    }

    /**
     * Those whose last job is in a state.
     *
     * @param without whether those that have no job are among them
     */
    public Page<Pipeline> inState(String state, boolean without, Page.Request request) {
        String last = "(SELECT j.state FROM jobs j WHERE j.pipeline_id = pipelines.id ORDER BY j.id DESC LIMIT 1)";
        return rows.page(
                " AND coalesce(" + last + ", :none) = :state",
                Map.of("state", state, "none", without ? state : ""),
                request);
    }

    public Page<Pipeline> page(Page.Request request) {
        return rows.page(request);
    }

    /** Those that are meant to run. */
    public List<Pipeline> running() {
        return store.reading(handle -> handle.createQuery(SELECT + " WHERE pipelines.runs = 1 ORDER BY id")
                .map(rows.mapper())
                .list());
    }

    /**
     * Gives a pipeline another query.
     *
     * @param from the version that was changed
     * @throws LaminarException NOT_FOUND, or CHANGED_MEANWHILE if it has another version by now
     */
    public Pipeline changeQuery(String id, long from, String query, Set<String> uses) {
        long now = store.now();
        store.inTransaction(handle -> {
            int changed = handle.createUpdate("UPDATE pipelines SET version = version + 1, updated_at = :now"
                            + " WHERE id = :id AND version = :from")
                    .bind("id", id)
                    .bind("from", from)
                    .bind("now", now)
                    .execute();
            if (changed == 0) {
                throw rows.find(id).isEmpty() ? Store.notFound(rows.kind(), id) : changedMeanwhile(id);
            }
            addVersion(handle, id, from + 1, query, now);
            use(handle, id, uses);
            return true;
        });
        return rows.get(id);
    }

    private static LaminarException changedMeanwhile(String id) {
        return new LaminarException(
                ErrorCode.CHANGED_MEANWHILE,
                "the pipeline '" + id + "' has been changed by somebody else meanwhile",
                "look at it again, and repeat the change if it still makes sense");
    }

    /** @throws LaminarException NOT_FOUND */
    public Pipeline changeSettings(String id, String settings) {
        return update(id, "settings", settings);
    }

    /**
     * Says whether a pipeline is meant to run.
     *
     * @throws LaminarException NOT_FOUND
     */
    public Pipeline wantRunning(String id, boolean runs) {
        return update(id, "runs", runs ? 1 : 0);
    }

    private Pipeline update(String id, String column, Object value) {
        long now = store.now();
        rows.require(
                store.inTransaction(handle -> handle.createUpdate(
                                "UPDATE pipelines SET " + column + " = :value, updated_at = :now WHERE id = :id")
                        .bind("value", value)
                        .bind("now", now)
                        .bind("id", id)
                        .execute()),
                id);
        return rows.get(id);
    }

    /** Names of the functions that some pipelines use, by pipeline. */
    public Map<String, List<String>> functions(List<String> pipelines) {
        Map<String, List<String>> functions = new HashMap<>();
        if (!pipelines.isEmpty()) {
            store.reading(handle -> {
                handle.createQuery("SELECT u.pipeline_id AS pipeline, f.name AS name FROM pipeline_uses u"
                                + " JOIN functions f ON f.id = u.resource_id"
                                + " WHERE u.pipeline_id IN (<pipelines>) ORDER BY f.name")
                        .bindList("pipelines", pipelines)
                        .map((row, context) -> Map.entry(row.getString("pipeline"), row.getString("name")))
                        .forEach(use -> functions
                                .computeIfAbsent(use.getKey(), pipeline -> new ArrayList<>())
                                .add(use.getValue()));
                return true;
            });
        }
        return functions;
    }

    /** All queries of a pipeline, the latest first. */
    public List<PipelineVersion> versions(String id) {
        return store.reading(handle -> handle.createQuery("SELECT version, query, created_at"
                        + " FROM pipeline_versions WHERE pipeline_id = :id ORDER BY version DESC")
                .bind("id", id)
                .map((row, context) -> new PipelineVersion(
                        row.getLong("version"), row.getString("query"), Times.instant(row.getLong("created_at"))))
                .list());
    }

    /**
     * Deletes a pipeline with its jobs.
     *
     * @throws LaminarException NOT_FOUND
     */
    public void delete(String id) {
        store.inTransaction(handle -> {
            rows.delete(handle, id);
            return true;
        });
    }
}
