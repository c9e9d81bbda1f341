package io.laminar.flink.runtime;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.flink.cluster.Folders;
import io.laminar.flink.cluster.TemporaryFolder;
import io.laminar.flink.metrics.JobMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
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
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checkpoints");
        thread.setDaemon(true);
        return thread;
    });

    private EmbeddedRuntime(Path temporary, ClusterSize size) {
        this.temporary = temporary;
        this.metrics = JobMetrics.open(name);
        Configuration configuration = ClusterConfiguration.of(name, size, temporary);
        this.cluster = new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(size.slots())
                        .withRandomPorts()
                        .build(),
                () -> Reference.owned(RpcSystem.load(configuration)));
        this.client = new MiniClusterClient(configuration, cluster);
    }

    /** Returns when the cluster takes jobs. */
    static EmbeddedRuntime start(ClusterSize size) {
        EmbeddedRuntime runtime = null;
        try {
            runtime = new EmbeddedRuntime(TemporaryFolder.create(), size);
            runtime.cluster.start();
            return runtime;
        } catch (IOException e) {
            throw TemporaryFolder.unusable(e);
        } catch (Exception e) {
            if (runtime != null) {
                runtime.close();
            }
            throw Failures.of(e);
        }
    }

    @Override
    public RunningJob submit(JobRequest request) {
        StateFolder state = request.state() == null ? null : StateFolder.open(request.state());
        try {
            JobGraphs.Draft draft = JobGraphs.embedded(request, state, temporary);
            client.submitJob(draft.graph()).get();
            RunningJob job = job(draft.graph().getJobID(), state, draft.report());
            new CheckpointRetries(job, request.checkpointInterval(), timer).watch();
            return job;
        } catch (InterruptedException e) {
            close(state);
            Thread.currentThread().interrupt();
            throw Failures.of(e);
        } catch (java.util.concurrent.ExecutionException e) {
            close(state);
            throw Failures.of(e);
        } catch (RuntimeException e) {
            close(state);
            throw e;
        }
    }

    private RunningJob job(JobID id, @Nullable StateFolder state, @Nullable StateReport report) {
        return new RunningJob(
                client,
                id,
                new EmbeddedView(cluster, id, metrics),
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

    private static void close(@Nullable StateFolder state) {
        if (state != null) {
            state.close();
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
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
