package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobProgress;
import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.metrics.OperatorLayout;
import io.laminar.flink.metrics.RemoteFigures;
import io.laminar.flink.metrics.RemoteGauges;
import io.laminar.flink.metrics.RemoteLoads;
import io.laminar.flink.metrics.RemoteMetrics;
import io.laminar.flink.metrics.SharedCounts;
import io.laminar.flink.scale.StageGraph;
import io.laminar.flink.scale.StageLoad;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobResourceRequirements;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobConfigHeaders;
import org.apache.flink.runtime.rest.messages.JobMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointingStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo;
import org.jspecify.annotations.Nullable;

/** Looks at a job of a remote cluster. What cannot be asked just now is as it was when it was asked last. */
final class RemoteView implements JobView {
    private static final long ANSWER_SECONDS = 5;

    /** Asking more often shows nothing new: clusters themselves collect their figures about once a second. */
    private static final long REFRESH_NANOS = TimeUnit.MILLISECONDS.toNanos(400);

    private final RestClusterClient<String> client;
    private final JobID id;
    private final RemoteGauges gauges;
    private final RemoteLoads loads;
    private final RemoteFigures figures;
    private final RemoteCheckpoints remoteCheckpoints;
    private final RemoteFailures failures;
    private volatile @Nullable OperatorLayout layout;
    private JobProgress last = SharedCounts.progress(Map.of());
    /** What was counted before the last restart: counts begin anew with it. */
    private long rowsInBefore;

    private long rowsOutBefore;
    private long lastAsked;
    private volatile boolean ended;

    RemoteView(RestClusterClient<String> client, JobID id) {
        this.client = client;
        this.id = id;
        RemoteMetrics metrics = new RemoteMetrics(client, id);
        this.gauges = new RemoteGauges(metrics);
        this.loads = new RemoteLoads(metrics);
        this.figures = new RemoteFigures(client, id);
        this.remoteCheckpoints = new RemoteCheckpoints(client, id);
        this.failures = new RemoteFailures(client, id);
    }

    @Override
    public boolean allTasksStarted() throws InterruptedException, ExecutionException {
        JobDetailsInfo details = client.getJobDetails(id).get();
        return details.getJobStatus() == JobStatus.RUNNING
                && details.getJobVertexInfos().stream().allMatch(vertex -> vertex.getTasksPerState().entrySet().stream()
                        .allMatch(tasks -> tasks.getValue() == 0
                                || tasks.getKey() == ExecutionState.RUNNING
                                || tasks.getKey() == ExecutionState.FINISHED));
    }

    @Override
    public Optional<String> lastCheckpointFailure() throws InterruptedException, ExecutionException {
        CheckpointStatistics.FailedCheckpointStatistics failed =
                checkpointStatistics().get().getLatestCheckpoints().getFailedCheckpointStatistics();
        return failed == null ? Optional.empty() : Optional.ofNullable(failed.getFailureMessage());
    }

    private CompletableFuture<CheckpointingStatistics> checkpointStatistics() {
        JobMessageParameters parameters = new JobMessageParameters();
        parameters.jobPathParameter.resolve(id);
        return client.sendRequest(
                CheckpointingStatisticsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance());
    }

    @Override
    public List<JobFailure> failures() throws InterruptedException, ExecutionException {
        return failures.ask(ended);
    }

    @Override
    public JobStatus status() throws InterruptedException, ExecutionException {
        return client.getJobStatus(id).get();
    }

    @Override
    public List<Checkpoint> checkpoints() throws InterruptedException, ExecutionException {
        return checkpointStatistics().get().getHistory().stream()
                .map(Checkpoint::of)
                .toList();
    }

    @Override
    public Optional<CheckpointDetails> checkpoint(long number) throws InterruptedException, ExecutionException {
        return remoteCheckpoints.ask(number, operators());
    }

    @Override
    public List<OperatorFigures> operators() throws InterruptedException, ExecutionException {
        OperatorLayout known = layout;
        if (known == null) {
            known = JobParameters.layout(parameters());
            // Before the job is laid out nothing is known of it, and that does not stay so.
            if (!known.operators().isEmpty()) {
                layout = known;
            }
        }
        return figures.ask(known).get();
    }

    @Override
    public @Nullable String lastSavepoint(@Nullable String own) {
        return own;
    }

    /** What the job says of its own layout. */
    @Override
    public Map<String, String> parameters() throws InterruptedException, ExecutionException {
        JobMessageParameters parameters = new JobMessageParameters();
        parameters.jobPathParameter.resolve(id);
        return client.sendRequest(JobConfigHeaders.getInstance(), parameters, EmptyRequestBody.getInstance())
                .get()
                .getExecutionConfigInfo()
                .getGlobalJobParameters();
    }

    @Override
    public StageGraph stages() throws InterruptedException, ExecutionException {
        JobDetailsInfo details = client.getJobDetails(id).get();
        List<StageGraph.Vertex> vertices = details.getJobVertexInfos().stream()
                .map(vertex -> new StageGraph.Vertex(
                        vertex.getJobVertexID().toHexString(),
                        vertex.getName(),
                        vertex.getParallelism(),
                        vertex.getMaxParallelism()))
                .toList();
        return StageGraph.of(details.getPlan(), vertices, JobParameters.singles(parameters()));
    }

    @Override
    public Map<String, StageLoad> loads() throws InterruptedException, ExecutionException {
        return loads.ask(System.nanoTime()).get();
    }

    @Override
    public int slots() throws InterruptedException, ExecutionException {
        return client.getClusterOverview().get().getNumSlotsTotal();
    }

    @Override
    public CompletableFuture<?> require(JobResourceRequirements requirements) {
        return client.updateJobResourceRequirements(id, requirements);
    }

    @Override
    public synchronized JobProgress progress() {
        long now = System.nanoTime();
        if (lastAsked == 0 || now - lastAsked >= REFRESH_NANOS) {
            refresh();
            lastAsked = System.nanoTime();
        }
        return last;
    }

    @Override
    public synchronized void ended() {
        ended = true;
        refresh();
        lastAsked = System.nanoTime();
    }

    private void refresh() {
        CompletableFuture<JobProgress> rows =
                client.getAccumulators(id, RemoteView.class.getClassLoader()).thenApply(SharedCounts::progress);
        CompletableFuture<CheckpointingStatistics> statistics = checkpointStatistics();
        JobProgress counted = answer(rows);
        CheckpointingStatistics checkpoints = answer(statistics);
        last = merge(counted, checkpoints, answer(gauges.ask()));
    }

    private JobProgress merge(
            @Nullable JobProgress counted,
            @Nullable CheckpointingStatistics checkpoints,
            RemoteGauges.@Nullable Values now) {
        long rowsIn = last.rowsIn();
        long rowsOut = last.rowsOut();
        if (counted != null) {
            if (rowsInBefore + counted.rowsIn() < rowsIn || rowsOutBefore + counted.rowsOut() < rowsOut) {
                rowsInBefore = rowsIn;
                rowsOutBefore = rowsOut;
            }
            rowsIn = rowsInBefore + counted.rowsIn();
            rowsOut = rowsOutBefore + counted.rowsOut();
        }
        CheckpointStatistics.CompletedCheckpointStatistics completed =
                checkpoints == null ? null : checkpoints.getLatestCheckpoints().getCompletedCheckpointStatistics();
        return new JobProgress(
                rowsIn,
                rowsOut,
                now == null || now.watermark() == null ? last.watermark() : now.watermark(),
                checkpoints == null
                        ? last.checkpoints()
                        : checkpoints.getCounts().getNumberCompletedCheckpoints(),
                checkpoints == null
                        ? last.failedCheckpoints()
                        : checkpoints.getCounts().getNumberFailedCheckpoints(),
                completed == null ? last.checkpointBytes() : completed.getStateSize(),
                now == null ? last.stateBytes() : now.stateBytes(),
                counted == null ? last.counters() : counted.counters());
    }

    private static <T> @Nullable T answer(CompletableFuture<T> future) {
        try {
            return future.get(ANSWER_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }
}
