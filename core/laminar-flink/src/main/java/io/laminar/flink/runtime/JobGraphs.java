package io.laminar.flink.runtime;

import io.laminar.flink.translate.JobIdentity;
import io.laminar.flink.translate.JobSettings;
import io.laminar.flink.translate.PlanTranslator;
import io.laminar.flink.translate.RemoteLayout;
import io.laminar.flink.translate.TranslatedOperators;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.runtime.OperatorIDPair;
import org.apache.flink.runtime.checkpoint.OperatorState;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.jobgraph.JobVertex;
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

    /** Checkpoints kept: one more than the last, in case that one's files turn out to be unreadable. */
    private static final int RETAINED_CHECKPOINTS = 2;

    private static final Duration FIRST_RESTART_DELAY = Duration.ofMillis(500);
    private static final Duration LONGEST_RESTART_DELAY = Duration.ofSeconds(30);

    private JobGraphs() {}

    /** @param temporary folder for checkpoints that nobody keeps */
    static JobGraph embedded(JobRequest request, @Nullable StateFolder state, Path temporary) {
        return build(request, state, state == null ? temporary.resolve("checkpoints") : state.checkpoints(), null);
    }

    /** A job of other processes; without a state folder its checkpoints go where the cluster keeps them. */
    static JobGraph remote(JobRequest request, @Nullable StateFolder state, RemoteLayout layout) {
        return build(request, state, state == null ? null : state.checkpoints(), layout);
    }

    private static JobGraph build(
            JobRequest request,
            @Nullable StateFolder state,
            @Nullable Path checkpoints,
            @Nullable RemoteLayout layout) {
        JobSettings settings = request.settings();
        if (state != null) {
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
                        operators.singles(),
                        settings.inOneThread(),
                        state == null ? null : state.savepoints().toUri().toString()));
        StreamGraph streams = environment.getStreamGraph();
        streams.setJobName(request.name());
        JobGraph graph = streams.getJobGraph();
        if (state != null) {
            StateFolder.Snapshot snapshot = state.latest().orElse(null);
            if (snapshot != null) {
                check(snapshot, state, graph);
                graph.setSavepointRestoreSettings(SavepointRestoreSettings.forPath(
                        snapshot.path().toUri().toString(), false, RecoveryClaimMode.NO_CLAIM));
            }
            state.removeOtherRuns(snapshot == null ? null : snapshot.path());
            state.begin(settings.maxParallelism(), operators.descriptions());
        }
        return graph;
    }

    private static Configuration configuration(JobRequest request, boolean kept, @Nullable Path checkpoints) {
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
                    RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_RESET_BACKOFF_THRESHOLD,
                    LONGEST_RESTART_DELAY.multipliedBy(2));
        } else if (request.restarts() > 0) {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, request.restarts());
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_DELAY, Duration.ofMillis(100));
        } else {
            configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
        }
        configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, request.checkpointInterval());
        configuration.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
        if (checkpoints != null) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    checkpoints.toUri().toString());
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

    /** Refuses state of operators that the job does not have: it would be lost silently. */
    private static void check(StateFolder.Snapshot snapshot, StateFolder state, JobGraph graph) {
        Set<String> present = new HashSet<>();
        for (JobVertex vertex : graph.getVertices()) {
            for (OperatorIDPair id : vertex.getOperatorIDs()) {
                present.add(id.getGeneratedOperatorID().toHexString());
                id.getUserDefinedOperatorID().ifPresent(own -> present.add(own.toHexString()));
            }
        }
        Collection<OperatorState> saved = snapshot.metadata().getOperatorStates();
        Map<String, Integer> lost = new TreeMap<>();
        for (OperatorState operator : saved) {
            String id = operator.getOperatorID().toHexString();
            if (operator.getStateSize() > 0 && !present.contains(id)) {
                lost.merge(state.describe(id), 1, Integer::sum);
            }
        }
        if (!lost.isEmpty()) {
            List<String> names = new ArrayList<>();
            lost.forEach((name, count) -> names.add(count == 1 ? name : count + " x " + name));
            throw new LaminarException(
                    ErrorCode.STATE_MISMATCH,
                    "the saved state is that of another pipeline: it has state of " + String.join(", ", names)
                            + ", which this pipeline does not have",
                    "give this pipeline another state folder, or delete the folder to start from the beginning");
        }
    }
}
