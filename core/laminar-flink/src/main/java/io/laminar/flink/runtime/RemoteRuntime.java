package io.laminar.flink.runtime;

import io.laminar.flink.cluster.ClusterIdentity;
import io.laminar.flink.cluster.WorkerJars;
import io.laminar.flink.source.StorageProof;
import io.laminar.flink.translate.RemoteLayout;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.jobgraph.JobGraph;
import org.jspecify.annotations.Nullable;

/** A Flink cluster of other processes, spoken to over HTTP. */
final class RemoteRuntime implements JobRuntime {
    private final RestClusterClient<String> client;
    private final ClusterIdentity cluster;

    private RemoteRuntime(RestClusterClient<String> client, ClusterIdentity cluster) {
        this.client = client;
        this.cluster = cluster;
    }

    /**
     * @param address of a coordinator or of ZooKeeper, as {@link ClusterIdentity#find} takes it
     * @throws LaminarException CLUSTER_UNREACHABLE, CLUSTER_MISMATCH
     */
    static RemoteRuntime connect(String address) throws InterruptedException {
        ClusterIdentity cluster = ClusterIdentity.find(address);
        Configuration configuration = cluster.clientConfiguration();
        try {
            return new RemoteRuntime(new RestClusterClient<>(configuration, "laminar"), cluster);
        } catch (Exception e) {
            throw Failures.of(e);
        }
    }

    @Override
    public RunningJob submit(JobRequest request) {
        StateFolder state = request.state() == null ? null : StateFolder.open(request.state());
        try {
            StorageProof proof = state == null ? null : state.proof();
            RemoteLayout layout = new RemoteLayout(proof);
            JobGraphs.Draft draft = JobGraphs.remote(request, state, layout);
            JobGraph graph = draft.graph();
            for (Path jar : jars()) {
                graph.addJar(new org.apache.flink.core.fs.Path(jar.toUri()));
            }
            if (state != null) {
                state.runsOn(cluster.address(), graph.getJobID().toHexString());
            }
            client.submitJob(graph).get();
            List<RowFetch> fetches = new ArrayList<>();
            RemoteJobClient rows = new RemoteJobClient(client, graph.getJobID());
            layout.clientRows().forEach(sink -> fetches.add(RowFetch.start(sink, rows)));
            return job(graph.getJobID(), state, state == null ? null : state.savepoints(), draft.report(), fetches);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(state, Failures.of(e));
        } catch (ExecutionException e) {
            throw refused(state, Failures.of(e));
        } catch (RuntimeException e) {
            throw refused(state, e);
        }
    }

    private static RuntimeException refused(@Nullable StateFolder state, RuntimeException why) {
        if (state != null) {
            state.runsNowhere();
            state.close();
        }
        return why;
    }

    /** A cluster of the same build has them. */
    private List<Path> jars() {
        if (cluster.isSameBuild()) {
            return List.of();
        }
        List<Path> jars = WorkerJars.ofThisProcess();
        if (jars.isEmpty()) {
            throw new LaminarException(
                    ErrorCode.CLUSTER_MISMATCH,
                    "the cluster at " + cluster.address() + " has no Laminar, and this process has no jars to send",
                    "start from the distribution: ./laminar run --cluster ...");
        }
        return jars;
    }

    private RunningJob job(
            JobID id,
            @Nullable StateFolder state,
            @Nullable String savepoints,
            @Nullable StateReport report,
            List<RowFetch> fetches) {
        return new RunningJob(client, id, new RemoteView(client, id), state, savepoints, report, fetches);
    }

    @Override
    public List<JobSummary> jobs() throws InterruptedException {
        return JobSummary.all(client);
    }

    @Override
    public RunningJob find(String id) throws InterruptedException {
        JobID job = JobSummary.find(client, id);
        RemoteView view = new RemoteView(client, job);
        try {
            return new RunningJob(
                    client, job, view, null, JobParameters.savepoints(view.parameters()), null, List.of());
        } catch (ExecutionException e) {
            throw Failures.of(e);
        }
    }

    @Override
    public RunningJob find(String id, String state) throws InterruptedException {
        JobID job = JobSummary.find(client, id);
        StateFolder folder = StateFolder.reopen(state, job.toHexString());
        return job(job, folder, folder.savepoints(), null, List.of());
    }

    @Override
    public void close() {
        client.close();
    }
}
