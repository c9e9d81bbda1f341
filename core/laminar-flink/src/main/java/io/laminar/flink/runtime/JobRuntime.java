package io.laminar.flink.runtime;

import io.laminar.flink.metrics.JobMetrics;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.rpc.RpcSystem;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.util.Reference;

/**
 * A Flink cluster inside this process, and the only door to it. What it writes, besides the state folders of its jobs,
 * is in one temporary folder that goes with it.
 */
public final class JobRuntime implements AutoCloseable {
    private final String name = UUID.randomUUID().toString();
    private final Path temporary;
    private final MiniCluster cluster;
    private final JobMetrics metrics;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checkpoints");
        thread.setDaemon(true);
        return thread;
    });

    private JobRuntime(Path temporary, int slots) {
        this.temporary = temporary;
        this.metrics = JobMetrics.open(name);
        Configuration configuration = ClusterConfiguration.of(name, slots, temporary);
        this.cluster = new MiniCluster(
                new MiniClusterConfiguration.Builder()
                        .setConfiguration(configuration)
                        .setNumTaskManagers(1)
                        .setNumSlotsPerTaskManager(slots)
                        .withRandomPorts()
                        .build(),
                () -> Reference.owned(rpcSystem(configuration)));
    }

    /**
     * Starts a cluster; returns when it takes jobs.
     *
     * @param slots the greatest parallelism of its jobs
     */
    public static JobRuntime start(int slots) {
        JobRuntime runtime = null;
        try {
            runtime = new JobRuntime(TemporaryFolder.create(), slots);
            runtime.cluster.start();
            return runtime;
        } catch (IOException e) {
            throw new LaminarException(
                    ErrorCode.JOB_FAILED,
                    "the folder for temporary files cannot be used: " + Problem.of(e),
                    null,
                    "another one can be named with TMPDIR",
                    e);
        } catch (Exception e) {
            if (runtime != null) {
                runtime.close();
            }
            throw Failures.of(e);
        }
    }

    /** Flink's loader unpacks its RPC system into a temporary file; it need not when the class path has it. */
    private static RpcSystem rpcSystem(Configuration configuration) {
        return ServiceLoader.load(RpcSystem.class, JobRuntime.class.getClassLoader())
                .findFirst()
                .orElseGet(() -> RpcSystem.load(configuration));
    }

    /**
     * Starts a job; it goes on from the state in its state folder, if there is any.
     *
     * @throws LaminarException STATE_MISMATCH if the state is not that of this pipeline
     */
    public RunningJob submit(JobRequest request) {
        StateFolder state = request.state() == null ? null : StateFolder.open(request.state());
        try {
            JobGraph graph = JobGraphs.build(request, state, temporary);
            cluster.submitJob(graph).get();
            RunningJob job = new RunningJob(cluster, graph.getJobID(), metrics, state);
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

    /** Whether a job has run to its end already, with the state in its state folder. */
    public static boolean hasFinished(JobRequest request) {
        if (request.state() == null || !Files.exists(request.state())) {
            return false;
        }
        try (StateFolder state = StateFolder.open(request.state())) {
            return state.isFinished();
        }
    }

    private static void close(@org.jspecify.annotations.Nullable StateFolder state) {
        if (state != null) {
            state.close();
        }
    }

    /** The version of the Flink on the class path. */
    public static String flinkVersion() {
        return EnvironmentInformation.getVersion();
    }

    /** Ends the cluster and whatever runs on it. */
    @Override
    public void close() {
        timer.shutdownNow();
        try {
            cluster.close();
        } catch (Exception e) {
            throw Failures.of(e);
        } finally {
            JobMetrics.close(name);
            Folders.delete(temporary);
        }
    }
}
