package io.laminar.server.job;

import io.laminar.flink.runtime.StopMode;
import io.laminar.metadata.Job;
import io.laminar.metadata.Jobs;
import io.laminar.metadata.Page;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of one job, in memory and in the store, which never disagree for long: the store is changed first. */
final class JobLog {
    static final String ERROR = "error";
    static final String STOP = "stop";
    static final String STATE = "state";
    static final String SCALING = "scaling";
    private static final Logger LOG = LoggerFactory.getLogger(JobLog.class);

    private final Jobs jobs;
    private final Job job;
    private final JobObserver observer;
    private final String id;
    private JobState state;

    JobLog(Jobs jobs, Job job, JobObserver observer) {
        this.jobs = jobs;
        this.job = job;
        this.observer = observer;
        this.id = job.id();
        this.state = JobState.of(job.state(), lastStop(jobs, job.id()));
    }

    private static StopMode lastStop(Jobs jobs, String id) {
        return jobs.events(id, STOP, Page.Request.first(1)).data().stream()
                .findFirst()
                .map(event -> StopMode.valueOf(event.message().toUpperCase(Locale.ROOT)))
                .orElse(StopMode.CHECKPOINT);
    }

    String id() {
        return id;
    }

    synchronized JobState state() {
        return state;
    }

    /**
     * Goes to another state.
     *
     * @throws LaminarException CHANGED_MEANWHILE if another process has changed the job
     */
    synchronized void move(JobState next, Jobs.Change change) {
        if (!jobs.change(id, state.text(), change)) {
            throw new LaminarException(
                    ErrorCode.CHANGED_MEANWHILE,
                    "another process has changed the job '" + id + "'",
                    "only one server may work with one store");
        }
        LOG.info("job {}: {} -> {}", id, state.text(), next.text());
        JobState from = state;
        if (!from.text().equals(next.text())) {
            note(STATE, next.text(), "{}");
        }
        state = next;
        observer.moved(job, from, next);
    }

    void move(JobState next) {
        move(next, Jobs.Change.to(next.text()));
    }

    /** Keeps what is known of starts after failures, if there were any. */
    void restarts(Restarts restarts) {
        Trouble trouble = restarts.trouble();
        if (trouble != null) {
            jobs.restarted(id, restarts.count(), trouble.json());
        }
    }

    void note(String kind, String message, String details) {
        jobs.note(id, kind, message, details);
        if (kind.equals(ERROR)) {
            observer.failed(job, message);
        }
    }
}
