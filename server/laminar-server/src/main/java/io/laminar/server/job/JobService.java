package io.laminar.server.job;

import io.laminar.connector.console.RowFeed;
import io.laminar.flink.logs.JobLogs;
import io.laminar.flink.logs.LogLevel;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.metadata.Job;
import io.laminar.metadata.JobEvent;
import io.laminar.metadata.Jobs;
import io.laminar.metadata.Page;
import io.laminar.server.api.CheckpointResource;
import io.laminar.server.api.Collection;
import io.laminar.server.api.JobErrorResource;
import io.laminar.server.api.JobEventResource;
import io.laminar.server.api.JobMetricsResource;
import io.laminar.server.api.JobResource;
import io.laminar.server.api.LogLineResource;
import io.laminar.server.api.MetricGroupsResource;
import io.laminar.server.api.OperatorMetricsResource;
import io.laminar.server.api.SavepointResource;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What can be seen of jobs, and what is done with them alone. */
public final class JobService {
    private final Jobs jobs;
    private final JobSupervisor supervisor;
    private final @Nullable JobLogs logs;

    /** @param logs null if jobs do not log in this process */
    public JobService(Jobs jobs, JobSupervisor supervisor, @Nullable JobLogs logs) {
        this.jobs = jobs;
        this.supervisor = supervisor;
        this.logs = logs;
    }

    public Collection<JobResource> page(Page.Request request) {
        return Collection.of(jobs.page(request), JobResources::of);
    }

    /** @throws LaminarException INVALID_REQUEST if there is no such state */
    public Collection<JobResource> inState(String state, Page.Request request) {
        JobState.requireName(state);
        return Collection.of(jobs.inState(state, request), JobResources::of);
    }

    public Collection<JobResource> ofPipeline(String pipeline, Page.Request request) {
        return Collection.of(jobs.ofPipeline(pipeline, request), JobResources::of);
    }

    /** @throws LaminarException NOT_FOUND */
    public Job get(String id) {
        return jobs.get(id);
    }

    private JobRecord record(String id) {
        Job job = jobs.get(id);
        return supervisor
                .records()
                .find(id)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.WRONG_STATE,
                        JobState.NOT_ENDED.contains(job.state())
                                ? "the job is not on its cluster yet"
                                : "the job has ended, and what it did is not known any more"));
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if nothing is known */
    public JobMetricsResource metrics(String id) {
        return FigureResources.of(figures(id));
    }

    private JobFigures figures(String id) {
        JobRecord record = record(id);
        return record.figures().latest().orElseGet(() -> record.figures().look());
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if nothing is known */
    public OperatorMetricsResource metrics(String id, String operator) {
        return figures(id)
                .operator(operator)
                .map(one -> FigureResources.operator(one, true))
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.NOT_FOUND,
                        "the job has no operator '" + operator + "'",
                        "the metrics of the job list them"));
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if nothing is known */
    public MetricGroupsResource groups(String id) {
        return FigureResources.groups(record(id).figures().series());
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if nothing is known */
    public Collection<CheckpointResource> checkpoints(String id) throws InterruptedException {
        return Collection.all(record(id).job().checkpoints().stream()
                .map(CheckpointResources::of)
                .toList());
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if nothing is known */
    public CheckpointResource checkpoint(String id, String checkpoint) throws InterruptedException {
        return record(id)
                .job()
                .checkpoint(CheckpointResources.number(checkpoint))
                .map(CheckpointResources::of)
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.NOT_FOUND,
                        "the job has no checkpoint '" + checkpoint + "', or not any more",
                        "its last ones are listed at /jobs/" + id + "/checkpoints"));
    }

    /** @throws LaminarException NOT_FOUND */
    public Collection<JobErrorResource> errors(String id, Page.Request request) {
        jobs.get(id);
        return Collection.of(jobs.events(id, JobLog.ERROR, request), JobService::error);
    }

    /**
     * Everything that happened to a job: states it came to, how it was stopped, errors, decisions to scale it.
     *
     * @throws LaminarException NOT_FOUND
     */
    public Collection<JobEventResource> events(String id, Page.Request request) {
        jobs.get(id);
        return Collection.of(
                jobs.events(id, request),
                event -> new JobEventResource(event.id(), event.created(), event.kind(), event.message()));
    }

    private static JobErrorResource error(JobEvent event) {
        return new JobErrorResource(
                event.id(), event.created(), Objects.requireNonNull(JobResources.problem(event.details())));
    }

    /**
     * The last lines of the log of a job, the oldest first.
     *
     * @param level what matters less is left out
     * @throws LaminarException NOT_FOUND, UNAVAILABLE if the job logs elsewhere, INVALID_REQUEST
     */
    public Collection<LogLineResource> logs(String id, int lines, String level) {
        Job job = jobs.get(id);
        if (logs == null) {
            throw new LaminarException(
                    ErrorCode.UNAVAILABLE,
                    "the job logs in the processes of its cluster",
                    "look at the logs of the coordinator and the workers");
        }
        String clusterJob = job.clusterJob();
        return Collection.all(
                clusterJob == null
                        ? List.of()
                        : logs.last(clusterJob, lines, level(level)).stream()
                                .map(line -> new LogLineResource(
                                        line.time(),
                                        line.level().name().toLowerCase(Locale.ROOT),
                                        line.logger(),
                                        line.message()))
                                .toList());
    }

    private static LogLevel level(String text) {
        try {
            return LogLevel.valueOf(text.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "there is no level '" + text + "'",
                    "levels are debug, info, warn, error");
        }
    }

    /**
     * The rows a job shows.
     *
     * @throws LaminarException NOT_FOUND, WRONG_STATE if it shows none
     */
    public RowFeed output(String id) {
        return Optional.ofNullable(record(id).output())
                .orElseThrow(() -> new LaminarException(
                        ErrorCode.WRONG_STATE,
                        "the job shows no rows: all of its queries write to tables",
                        "a SELECT that stands alone is shown"));
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE, CHECKPOINT_FAILED */
    public SavepointResource savepoint(String id, @Nullable String folder) throws InterruptedException {
        if (!supervisor.isActive(id)) {
            throw new LaminarException(
                    ErrorCode.WRONG_STATE, "the job has ended: " + jobs.get(id).state());
        }
        return new SavepointResource(record(id).job().savepoint(folder).path());
    }
}
