package io.laminar.server.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.StateReport;
import io.laminar.flink.runtime.StopMode;
import io.laminar.metadata.Job;
import io.laminar.metadata.Jobs;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.Pipeline;
import io.laminar.metadata.Pipelines;
import io.laminar.server.api.ChangeResult;
import io.laminar.server.api.Collection;
import io.laminar.server.api.NewPipeline;
import io.laminar.server.api.PipelineChange;
import io.laminar.server.api.PipelineResource;
import io.laminar.server.api.PipelineVersionResource;
import io.laminar.server.api.RestartPipeline;
import io.laminar.server.api.StartPipeline;
import io.laminar.server.api.StateReportResource;
import io.laminar.server.api.StopPipeline;
import io.laminar.server.api.Words;
import io.laminar.server.job.JobState;
import io.laminar.server.job.JobSupervisor;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Pipelines, and what is done with them. A pipeline that is meant to run has a job; when a job has been stopped and its
 * pipeline is meant to run, it gets another one. So a change survives the end of the process at any moment.
 */
public final class PipelineService {
    private static final String LATEST = "latest";
    private static final String NOTHING = "nothing";

    private final Pipelines pipelines;
    private final Jobs jobs;
    private final QueryPlanner planner;
    private final PipelineRequests requests;
    private final PipelineResources resources;
    private final StateFolders folders;
    private final Locks locks = new Locks();
    private @Nullable JobSupervisor supervisor;

    public PipelineService(Metadata metadata, QueryPlanner planner, String stateFolder) {
        this.pipelines = metadata.pipelines();
        this.jobs = metadata.jobs();
        this.planner = planner;
        this.requests = new PipelineRequests(pipelines, planner, stateFolder);
        this.resources = new PipelineResources(metadata, planner);
        this.folders = new StateFolders();
    }

    /** Goes on with the pipelines that are meant to run. */
    public void resume(JobSupervisor jobsOf) throws InterruptedException {
        supervisor = jobsOf;
        jobsOf.resume(requests);
        for (Pipeline pipeline : pipelines.running()) {
            locks.with(pipeline.id(), () -> {
                Job last = jobs.last(pipeline.id()).orElse(null);
                if (active(pipeline.id()).isPresent()) {
                    return false;
                } else if (last != null && !last.state().equals("Stopped")) {
                    // It ended by itself, and the process died before it could note that.
                    pipelines.wantRunning(pipeline.id(), false);
                } else {
                    jobsOf.start(pipelines.get(pipeline.id()), requests);
                }
                return true;
            });
        }
    }

    private JobSupervisor supervisor() {
        return Objects.requireNonNull(supervisor, "nothing is started before the jobs of before are taken up");
    }

    /** What becomes of a pipeline whose job has ended. */
    public void ended(Job job) {
        locks.with(job.pipeline(), () -> {
            Pipeline pipeline = pipelines.find(job.pipeline()).orElse(null);
            if (pipeline == null || !pipeline.runs() || active(pipeline.id()).isPresent()) {
                return false;
            }
            if (job.state().equals("Stopped")) {
                supervisor().start(pipeline, requests);
            } else {
                pipelines.wantRunning(pipeline.id(), false);
            }
            return true;
        });
    }

    /** The job of a pipeline that is not over. */
    private Optional<Job> active(String pipeline) {
        // One that has ended may not have been forgotten yet; whoever sees the end may act on it.
        return jobs.last(pipeline)
                .filter(job ->
                        JobState.NOT_ENDED.contains(job.state()) && supervisor().isActive(job.id()));
    }

    // Looking
    // -----------------------------------------------------------------------------------------------------------

    /** @throws LaminarException NOT_FOUND */
    public PipelineResource get(String id) {
        return resources.whole(pipelines.get(id));
    }

    public Collection<PipelineResource> page(Page.Request request) {
        return resources.page(pipelines.page(request));
    }

    /** @throws LaminarException INVALID_REQUEST if there is no such state */
    public Collection<PipelineResource> inState(String state, Page.Request request) {
        JobState.requireName(state);
        return resources.page(pipelines.inState(state, state.equals(PipelineResources.NEVER_RAN), request));
    }

    /** @throws LaminarException NOT_FOUND */
    public Collection<PipelineVersionResource> versions(String id) {
        pipelines.get(id);
        return Collection.all(pipelines.versions(id).stream()
                .map(version -> new PipelineVersionResource(version.version(), version.query(), version.created()))
                .toList());
    }

    // Making and deleting
    // -----------------------------------------------------------------------------------------------

    /** @throws LaminarException NAME_TAKEN, INVALID_REQUEST; all errors of the query as PipelineErrors */
    public PipelineResource create(NewPipeline wanted) {
        String name = Words.name(wanted.name());
        RunSettings settings = RunSettings.of(wanted.parallelism(), wanted.checkpointIntervalMicros());
        QueryPlanner.Planned planned = planner.plan(wanted.query(), settings.asSettings());
        boolean starts = !Boolean.FALSE.equals(wanted.start());
        Pipeline pipeline = pipelines.create(name, wanted.query(), settings.write(), starts, planned.uses());
        resources.planned(pipeline, planned.pipeline().plan());
        if (starts) {
            locks.with(pipeline.id(), () -> supervisor().start(pipeline, requests));
        }
        return resources.whole(pipelines.get(pipeline.id()));
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if it runs */
    public void delete(String id) {
        locks.with(id, () -> {
            pipelines.get(id);
            if (active(id).isPresent()) {
                throw new LaminarException(
                        ErrorCode.WRONG_STATE, "the pipeline runs", "stop it first; only then it can be deleted");
            }
            pipelines.delete(id);
            folders.delete(requests.stateFolder(id));
            return true;
        });
    }

    // Starting and stopping
    // ---------------------------------------------------------------------------------------------

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if it runs */
    public PipelineResource start(String id, StartPipeline how) {
        return locks.with(id, () -> {
            Pipeline pipeline = pipelines.get(id);
            if (active(id).isPresent()) {
                throw new LaminarException(
                        ErrorCode.WRONG_STATE, "the pipeline runs already", "to start it again: restart");
            }
            from(pipeline, how.from());
            if (Boolean.TRUE.equals(how.dropState())) {
                settings(id, settings(pipelines.get(id)).droppingStateAt(pipeline.version()));
            }
            Pipeline wanted = pipelines.wantRunning(id, true);
            supervisor().start(wanted, requests);
            return resources.whole(wanted);
        });
    }

    private void from(Pipeline pipeline, @Nullable String from) {
        if (from == null || from.equals(LATEST)) {
            return;
        }
        settings(pipeline.id(), settings(pipeline).beginningAnew(from.equals(NOTHING) ? null : from));
    }

    private static RunSettings settings(Pipeline pipeline) {
        return RunSettings.read(pipeline.settings());
    }

    private void settings(String id, RunSettings settings) {
        pipelines.changeSettings(id, settings.write());
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE if it does not run */
    public PipelineResource stop(String id, StopPipeline how) {
        StopMode mode = Words.stopMode(how.mode() == null ? "checkpoint" : how.mode());
        return locks.with(id, () -> {
            Pipeline pipeline = pipelines.get(id);
            Job job = active(id).orElseThrow(() -> notRunning());
            pipelines.wantRunning(id, false);
            stop(job, mode, pipeline.runs());
            return resources.whole(pipelines.get(id));
        });
    }

    /** @param changesMind whether it is enough that the job is being stopped already, for another reason */
    private void stop(Job job, StopMode mode, boolean changesMind) {
        boolean stopping = jobs.get(job.id()).state().equals("Stopping");
        if (!stopping || !changesMind || mode.compareTo(StopMode.IMMEDIATE) >= 0) {
            supervisor().stop(job.id(), mode);
        }
    }

    private static LaminarException notRunning() {
        return new LaminarException(ErrorCode.WRONG_STATE, "the pipeline does not run");
    }

    /** @throws LaminarException NOT_FOUND */
    public PipelineResource restart(String id, RestartPipeline how) {
        return locks.with(id, () -> {
            Pipeline pipeline = pipelines.get(id);
            Job job = active(id).orElse(null);
            from(pipeline, how.from());
            Pipeline wanted = pipelines.wantRunning(id, true);
            if (job == null) {
                supervisor().start(wanted, requests);
            } else {
                stop(job, Boolean.TRUE.equals(how.force()) ? StopMode.FORCE : StopMode.CHECKPOINT, !pipeline.runs());
            }
            return resources.whole(pipelines.get(id));
        });
    }

    // Changing
    // ----------------------------------------------------------------------------------------------------------

    /**
     * Changes a pipeline; all of it or, if something of it is refused, nothing.
     *
     * @param dryRun whether it is only said what would be
     * @throws LaminarException NOT_FOUND, CHANGED_MEANWHILE, STATE_MISMATCH if state would be dropped that may not,
     *     RESCALE_REFUSED
     */
    public ChangeResult change(String id, PipelineChange change, boolean dryRun) {
        return locks.with(id, () -> {
            Pipeline pipeline = pipelines.get(id);
            Long version = change.version();
            if (version != null && version != pipeline.version()) {
                throw new LaminarException(
                        ErrorCode.CHANGED_MEANWHILE,
                        "the pipeline has version " + pipeline.version() + ", not " + version,
                        "look at it again, and repeat the change if it still makes sense");
            }
            StopMode stop =
                    change.stop() == null || change.stop().equals("none") ? null : Words.stopMode(change.stop());
            RunSettings settings = settings(pipeline);
            WantedParallelism wanted = WantedParallelism.of(change.parallelism());
            RunSettings changed = wanted.in(settings);
            Long interval = change.checkpointIntervalMicros();
            if (interval != null) {
                changed = changed.withCheckpointInterval(interval);
            }
            QueryChange query = queryChange(pipeline, changed, change);
            if (dryRun) {
                return new ChangeResult(resources.whole(pipeline), true, query == null ? null : query.report());
            }
            apply(pipeline, settings, changed, wanted, query, stop);
            if ("none".equals(change.stop()) && active(id).isEmpty()) {
                supervisor().start(pipelines.wantRunning(id, true), requests);
            }
            return new ChangeResult(resources.whole(pipelines.get(id)), false, query == null ? null : query.report());
        });
    }

    private record QueryChange(
            String query, java.util.Set<String> uses, StateReportResource report, boolean dropsState) {}

    private @Nullable QueryChange queryChange(Pipeline pipeline, RunSettings settings, PipelineChange change) {
        String query = change.query();
        if (query == null) {
            return null;
        }
        QueryPlanner.Planned planned = planner.plan(query, settings.asSettings());
        JobRequest before = requests.request(pipeline, pipeline.query(), settings);
        JobRequest after = requests.request(pipeline, query, settings);
        StateReport report = JobRuntime.compare(before, after);
        boolean drops = Boolean.TRUE.equals(change.dropState());
        if (!report.dropped().isEmpty() && !drops && jobs.last(pipeline.id()).isPresent()) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the new query has no use for the state of " + String.join(", ", report.dropped()),
                    "drop_state allows it; dry_run says what happens to every operator");
        }
        return new QueryChange(
                query, planned.uses(), new StateReportResource(report.kept(), report.empty(), report.dropped()), drops);
    }

    private void apply(
            Pipeline pipeline,
            RunSettings before,
            RunSettings after,
            WantedParallelism wanted,
            @Nullable QueryChange query,
            @Nullable StopMode stop)
            throws InterruptedException {
        String id = pipeline.id();
        Job job = active(id).orElse(null);
        boolean restarts =
                query != null || !Objects.equals(before.checkpointIntervalMicros(), after.checkpointIntervalMicros());
        if (job != null && stop == null && !restarts && wanted.isGiven()) {
            supervisor().rescale(job.id(), wanted.parallelisms());
        }
        RunSettings settings = after;
        if (query != null) {
            Pipeline changed = pipelines.changeQuery(id, pipeline.version(), query.query(), query.uses());
            if (query.dropsState()) {
                settings = settings.droppingStateAt(changed.version());
            }
        }
        if (!settings.equals(before)) {
            settings(id, settings);
        }
        if (job != null && stop != null) {
            pipelines.wantRunning(id, false);
            supervisor().stop(job.id(), stop);
        } else if (job != null && restarts) {
            supervisor().stop(job.id(), StopMode.CHECKPOINT);
        } else if (stop != null) {
            throw notRunning();
        }
    }

    /** @throws LaminarException NOT_FOUND, WRONG_STATE, RESCALE_REFUSED, INVALID_REQUEST */
    public PipelineResource rescale(String id, JsonNode parallelism) {
        WantedParallelism wanted = WantedParallelism.of(parallelism);
        return locks.with(id, () -> {
            Pipeline pipeline = pipelines.get(id);
            supervisor().rescale(active(id).orElseThrow(() -> notRunning()).id(), wanted.parallelisms());
            settings(id, wanted.in(settings(pipeline)));
            return resources.whole(pipelines.get(id));
        });
    }
}
