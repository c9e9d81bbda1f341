package io.laminar.flink.runtime;

import io.laminar.flink.state.PatientCheckpointStorage;
import io.laminar.flink.state.SectionStateBackendFactory;
import io.laminar.flink.translate.JobIdentity;
import io.laminar.flink.translate.JobSettings;
import io.laminar.flink.translate.PlanTranslator;
import io.laminar.flink.translate.RemoteLayout;
import io.laminar.flink.translate.TranslatedOperators;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.jspecify.annotations.Nullable;

/** Makes Flink's graph of a job: the translated plan, its settings, and the state it starts from. */
final class JobGraphs {
    /**
     * Checkpoints that may fail in a row before the job does. A full disk is often emptied within a few intervals, and
     * nothing is lost meanwhile: rows are only committed by checkpoints that succeed. Going on for ever would let the
     * work to repeat after a failure grow without limit, with nobody noticing.
     */
    static final int TOLERATED_CHECKPOINT_FAILURES = 3;

    /**
     * Checkpoints kept: one more than the last, in case that one's files turn out to be unreadable, and because a task may
     * build on the one before when it has not yet heard of the last.
     */
    private static final int RETAINED_CHECKPOINTS = 2;

    private static final Duration FIRST_RESTART_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_RESTART_DELAY = Duration.ofSeconds(30);
    /**
     * A job that has run so long since its last start is not one that cannot run: failures that are this far apart have
     * nothing to do with each other, and each is answered at once.
     */
    static final Duration GOOD_START = Duration.ofSeconds(5);

    private JobGraphs() {}

    /**
     * A job that can be submitted.
     *
     * @param saved what it starts from; null if that is nothing
     * @param report what that means for it; null if it starts from nothing
     */
    record Draft(
            JobGraph graph,
            JobSettings settings,
            TranslatedOperators operators,
            @Nullable SavedState saved,
            @Nullable StateReport report) {

        /** Makes the state folder that of this job. */
        Draft begin(JobRequest request, @Nullable StateFolder state) {
            if (report != null && !request.dropsState()) {
                report.requireNothingDropped();
            }
            if (report != null && saved != null && !report.isWhole() && saved.hasFinishedParts()) {
                throw new LaminarException(
                        ErrorCode.STATE_MISMATCH,
                        "parts of the input had been read to their end when the state was saved; only the same pipeline"
                                + " can go on from there",
                        "start from an earlier savepoint, or from the beginning with another state folder");
            }
            if (state != null) {
                state.removeOtherRuns(saved == null ? null : saved.path());
                state.begin(settings.maxParallelism(), operators.descriptions());
            }
            return this;
        }
    }

    /** @param temporary folder for checkpoints that nobody keeps */
    static Draft embedded(JobRequest request, @Nullable StateFolder state, Path temporary) {
        return draft(request, state, temporary).begin(request, state);
    }

    /** The same, before the state folder becomes that of this job. */
    static Draft draft(JobRequest request, @Nullable StateFolder state, Path temporary) {
        return draft(
                request,
                state,
                state == null ? temporary.resolve("checkpoints").toUri().toString() : state.checkpoints(),
                null);
    }

    /** What the saved state means for a job, without starting it; null if there is no state. */
    static @Nullable StateReport compare(JobRequest request, @Nullable StateFolder state) {
        return draft(request, state, null, null).report();
    }

    /** What would become of the state of a job that went on as another. */
    static StateReport difference(JobRequest before, JobRequest after) {
        return StateReport.between(
                draft(before, null, null, null).operators(),
                draft(after, null, null, null).operators());
    }

    /** A job of other processes; without a state folder its checkpoints go where the cluster keeps them. */
    static Draft remote(JobRequest request, @Nullable StateFolder state, RemoteLayout layout) {
        return draft(request, state, state == null ? null : state.checkpoints(), layout)
                .begin(request, state);
    }

    private static Draft draft(
            JobRequest request,
            @Nullable StateFolder state,
            @Nullable String checkpoints,
            @Nullable RemoteLayout layout) {
        JobSettings settings = request.settings();
        Savepoint from = request.from() == null ? null : Savepoint.at(request.from());
        if (from != null) {
            settings = settings.withMaxParallelism(from.maxParallelism());
        } else if (state != null) {
            settings = settings.withMaxParallelism(state.maxParallelism(settings.maxParallelism()));
        }
        if (settings.parallelism() > settings.maxParallelism()) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "parallelism " + settings.parallelism() + " is more than the " + settings.maxParallelism()
                            + " parts that state is divided into");
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.getExecutionEnvironment(configuration(request, state != null, checkpoints));
        String identity = state == null ? StateFolder.newIdentity() : state.identity();
        TranslatedOperators operators = PlanTranslator.translate(
                request.plan(),
                environment,
                settings,
                request.operators(),
                new JobIdentity(identity, request.checkpointInterval()),
                layout);
        environment
                .getConfig()
                .setGlobalJobParameters(JobParameters.of(
                        request.name(), settings, operators, state == null ? null : state.savepoints()));
        StreamGraph streams = environment.getStreamGraph();
        streams.setJobName(request.name());
        JobGraph graph = streams.getJobGraph();
        if (!settings.inOneThread()) {
            StartNumbers.set(graph, operators, request.byOperator());
        }
        SavedState saved = saved(from, state);
        StateReport report = saved == null ? null : StateReport.of(saved, graph, operators);
        if (saved != null) {
            graph.setSavepointRestoreSettings(
                    SavepointRestoreSettings.forPath(saved.path(), request.dropsState(), RecoveryClaimMode.NO_CLAIM));
        }
        return new Draft(graph, settings, operators, saved, report);
    }

    private static @Nullable SavedState saved(@Nullable Savepoint from, @Nullable StateFolder state) {
        SavedState latest = state == null ? null : state.latest().orElse(null);
        if (from == null) {
            return latest;
        }
        if (latest != null) {
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the state folder has state already, and the job cannot start from both",
                    "to start from the savepoint give the job another state folder");
        }
        return from.saved();
    }

    private static Configuration configuration(JobRequest request, boolean kept, @Nullable String checkpoints) {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        configuration.set(PipelineOptions.GENERIC_TYPES, false);
        configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ZERO);
        configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true);
        if (request.restarts() == JobRequest.KEEP_TRYING) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
            configuration.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF, FIRST_RESTART_DELAY);
            configuration.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF, LONGEST_RESTART_DELAY);
            configuration.set(
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD, GOOD_START);
        } else if (request.restarts() > 0) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, request.restarts());
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        } else {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        }
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, request.checkpointInterval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        configuration.set(StateBackendOptions.STATE_BACKEND, SectionStateBackendFactory.class.getName());
        if (checkpoints != null) {
            configuration.set(
                    CheckpointingOptions.CHECKPOINT_STORAGE, PatientCheckpointStorage.Factory.class.getName());
            configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, checkpoints);
        }
        configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, TOLERATED_CHECKPOINT_FAILURES);
        configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, RETAINED_CHECKPOINTS);
        configuration.set(
                CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
                kept
                        ? ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION
                        : ExternalizedCheckpointRetention.DELETE_ON_CANCELLATION);
        return configuration;
    }
}
