package io.laminar.flink.runtime;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.cluster.Folders;
import io.laminar.flink.cluster.TemporaryFolder;
import io.laminar.flink.metrics.JobMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.MiniClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.util.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A Flink cluster inside this process. What it writes, besides the state folders of its jobs, is in one temporary folder
 * that goes with it.
 */
final class EmbeddedRuntime implements JobRuntime {
    private final String name = UUID.randomUUID().toString();
    private final Path temporary;
    private final MiniCluster cluster;
    private final MiniClusterClient client;
    private final JobMetrics metrics;
    private final ScheduledExecutorService timer;
    private final boolean ownTimer;
    private boolean closed;

    private EmbeddedRuntime(
            Path temporary, JobRoom room, @Nullable ScheduledExecutorService timer, @Nullable RpcSystem rpc) {
        this.temporary = temporary;
        this.ownTimer = timer == null;
        this.timer = timer == null ? timer() : timer;
        this.metrics = JobMetrics.open(name);
        Configuration configuration = ClusterConfiguration.of(name, room, temporary);
        this.cluster = new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(room.slots())
                        .withRandomPorts()
                        .build(),
                () -> rpc == null ? Reference.owned(RpcSystem.load(configuration)) : Reference.borrowed(rpc));
        this.client = new MiniClusterClient(configuration, cluster);
    }

    private static ScheduledExecutorService timer() {
        return Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "checkpoints");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Returns when the cluster takes jobs. */
    static EmbeddedRuntime start(ClusterSize size) {
        try {
            return start(TemporaryFolder.create(), new JobRoom(size.slots(), size.network()), null, null);
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        }
    }

    /**
     * Returns when the cluster takes jobs.
     *
     * @param temporary folder that goes with the cluster
     * @param timer of somebody else who has several clusters; null for one of its own
     * @param rpc of somebody else; null for one of its own
     */
    static EmbeddedRuntime start(
            Path temporary, JobRoom room, @Nullable ScheduledExecutorService timer, @Nullable RpcSystem rpc) {
        EmbeddedRuntime runtime = new EmbeddedRuntime(temporary, room, timer, rpc);
        try {
            runtime.cluster.start();
            return runtime;
        } catch (Exception e) {
            runtime.close();
            throw Failures.of(e);
        }
    }

    @Override
    public RunningJob submit(JobRequest request) {
        StateFolder state = request.state() == null ? null : StateFolder.open(request.state());
        try {
            return submit(JobGraphs.embedded(request, state, temporary), request, state);
        } catch (RuntimeException e) {
            if (state != null) {
                state.close();
            }
            throw e;
        }
    }

    RunningJob submit(JobGraphs.Draft draft, JobRequest request, @Nullable StateFolder state) {
        try {
            client.submitJob(draft.graph()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.of(e);
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
        RunningJob job = job(draft.graph().getJobID(), state, draft.report());
        new CheckpointRetries(job, request.checkpointInterval(), timer).watch();
        return job;
    }

    private RunningJob job(JobID id, @Nullable StateFolder state, @Nullable StateReport report) {
        return new RunningJob(
                client,
                id,
                new EmbeddedView(cluster, id, metrics, temporary),
                state,
                state == null ? null : state.savepoints(),
                report,
                List.of());
    }

    @Override
    public List<JobSummary> jobs() throws InterruptedException {
        return JobSummary.all(client);
    }

    @Override
    public RunningJob find(String id) throws InterruptedException {
        return job(JobSummary.find(client, id), null, null);
    }

    @Override
    public void forget(String id) {
        metrics.forget(id);
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (ownTimer) {
            timer.shutdownNow();
        }
        try {
            client.close();
            cluster.close();
        } catch (Exception e) {
            throw Failures.of(e);
        } finally {
            JobMetrics.close(name);
            Folders.delete(temporary);
        }
    }
}
