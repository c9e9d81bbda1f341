package io.laminar.metadata;

import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The jobs of all pipelines, and what happened to them. */
public final class Jobs {
    private final Store store;
    private final Rows<Job> rows;
    private final Rows<JobEvent> events;

    Jobs(Store store) {
        this.store = store;
        rows = new Rows<>(
                store,
                "job",
                "job_",
                "jobs",
                "SELECT * FROM jobs",
                (row, context) -> new Job(
                        row.getString("id"),
                        row.getString("pipeline_id"),
                        row.getLong("version"),
                        row.getString("state"),
                        row.getString("cluster_job"),
                        row.getString("failure"),
                        row.getLong("restarts"),
                        row.getString("trouble"),
                        Times.instant(row.getLong("created_at")),
                        Times.of(row, "started_at"),
                        Times.of(row, "ended_at")));
        events = new Rows<>(
                store,
                "event",
                "evt_",
                "job_events",
                "SELECT * FROM job_events",
                (row, context) -> new JobEvent(
                        row.getString("id"),
                        row.getString("job_id"),
                        row.getString("kind"),
                        row.getString("message"),
                        row.getString("details"),
                        Times.instant(row.getLong("created_at"))));
    }

    /** A new job of the present version of a pipeline. */
    public Job create(Pipeline pipeline, String state) {
        String id = rows.newId();
        long now = store.now();
        store.inTransaction(
                handle -> handle.createUpdate("INSERT INTO jobs (id, pipeline_id, version, state, created_at)"
                                + " VALUES (:id, :pipeline, :version, :state, :now)")
                        .bind("id", id)
                        .bind("pipeline", pipeline.id())
                        .bind("version", pipeline.version())
                        .bind("state", state)
                        .bind("now", now)
                        .execute());
        return rows.get(id);
    }

    public Optional<Job> find(String id) {
        return rows.find(id);
    }

    /** @throws LaminarException NOT_FOUND */
    public Job get(String id) {
        return rows.get(id);
    }

    /** The last job of a pipeline. */
    public Optional<Job> last(String pipeline) {
        return ofPipeline(pipeline, Page.Request.first(1)).data().stream().findFirst();
    }

    /** The last jobs of some pipelines, by pipeline; those that never ran have none. */
    public Map<String, Job> last(List<String> pipelines) {
        if (pipelines.isEmpty()) {
            return Map.of();
        }
        return store.reading(handle -> handle
                .createQuery("SELECT * FROM jobs WHERE id IN"
                        + " (SELECT max(id) FROM jobs WHERE pipeline_id IN (<pipelines>) GROUP BY pipeline_id)")
                .bindList("pipelines", pipelines)
                .map(rows.mapper())
                .stream()
                .collect(Collectors.toMap(Job::pipeline, job -> job)));
    }

    public Page<Job> ofPipeline(String pipeline, Page.Request request) {
        return rows.page(" AND pipeline_id = :pipeline", Map.of("pipeline", pipeline), request);
    }

    public Page<Job> page(Page.Request request) {
        return rows.page(request);
    }

    public Page<Job> inState(String state, Page.Request request) {
        return rows.page(" AND state = :state", Map.of("state", state), request);
    }

    /** All jobs that are in one of some states, the oldest first. */
    public List<Job> allIn(List<String> states) {
        return store.reading(handle -> handle.createQuery("SELECT * FROM jobs WHERE state IN (<states>) ORDER BY id")
                .bindList("states", states)
                .map(rows.mapper())
                .list());
    }

    /**
     * What changes with a state.
     *
     * @param clusterJob null to keep what is known
     * @param failure null to keep what is known
     */
    public record Change(
            String state,
            @Nullable String clusterJob,
            @Nullable String failure,
            boolean starts,
            boolean ends) {
        public static Change to(String state) {
            return new Change(state, null, null, false, false);
        }
    }

    /**
     * Changes the state of a job, if it still is the one that is known; false if it is not.
     *
     * @param from the state that is known
     */
    public boolean change(String id, String from, Change change) {
        long now = store.now();
        return store.inTransaction(handle -> handle.createUpdate("UPDATE jobs SET state = :state,"
                                + " cluster_job = coalesce(:cluster_job, cluster_job), failure = coalesce(:failure, failure),"
                                + " started_at = coalesce(started_at, CAST(:started AS BIGINT)),"
                                + " ended_at = coalesce(CAST(:ended AS BIGINT), ended_at)"
                                + " WHERE id = :id AND state = :from")
                        .bind("state", change.state())
                        .bind("cluster_job", change.clusterJob())
                        .bind("failure", change.failure())
                        .bind("started", change.starts() ? (Long) now : null)
                        .bind("ended", change.ends() ? (Long) now : null)
                        .bind("id", id)
                        .bind("from", from)
                        .execute())
                == 1;
    }

    /**
     * Notes that a job has failed and starts again, or has other prospects.
     *
     * @param restarts all of them until now
     * @param trouble what the next failure is to be judged by
     */
    public void restarted(String id, long restarts, String trouble) {
        int unused = store.inTransaction(
                handle -> handle.createUpdate("UPDATE jobs SET restarts = :restarts, trouble = :trouble WHERE id = :id")
                        .bind("restarts", restarts)
                        .bind("trouble", trouble)
                        .bind("id", id)
                        .execute());
    }

    /** Notes something that happened to a job. */
    public JobEvent note(String job, String kind, String message, String details) {
        String id = events.newId();
        long now = store.now();
        store.inTransaction(
                handle -> handle.createUpdate("INSERT INTO job_events (id, job_id, kind, message, details, created_at)"
                                + " VALUES (:id, :job, :kind, :message, :details, :now)")
                        .bind("id", id)
                        .bind("job", job)
                        .bind("kind", kind)
                        .bind("message", message)
                        .bind("details", details)
                        .bind("now", now)
                        .execute());
        return events.get(id);
    }

    /** Everything that happened to a job. */
    public Page<JobEvent> events(String job, Page.Request request) {
        return events.page(" AND job_id = :job", Map.of("job", job), request);
    }

    /** What happened to a job, of one kind. */
    public Page<JobEvent> events(String job, String kind, Page.Request request) {
        return events.page(" AND job_id = :job AND kind = :kind", Map.of("job", job, "kind", kind), request);
    }
}
