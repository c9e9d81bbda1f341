package io.laminar.flink.runtime;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.spi.error.LaminarException;
import java.util.List;
import java.util.Optional;
import org.apache.flink.runtime.util.EnvironmentInformation;

/** A Flink cluster, and the only door to it. Its implementations differ in where the cluster is. */
public interface JobRuntime extends AutoCloseable {

    /** Starts a cluster inside this process; returns when it takes jobs. */
    static JobRuntime start(ClusterSize size) {
        return EmbeddedRuntime.start(size);
    }

    /** Starts a cluster inside this process for jobs of a parallelism; returns when it takes jobs. */
    static JobRuntime start(int slots) {
        return start(ClusterSize.ofSlots(slots));
    }

    /**
     * Connects to a cluster of other processes.
     *
     * @param address of a coordinator, {@code http://host:port}; of several that stand in for each other, separated by
     *     commas; or of their ZooKeeper, {@code zookeeper://host:port/path}
     * @throws LaminarException CLUSTER_UNREACHABLE, or CLUSTER_MISMATCH if it runs another version of Flink
     */
    static JobRuntime connect(String address) throws InterruptedException {
        return RemoteRuntime.connect(address);
    }

    /**
     * Starts a job; it goes on from the state in its state folder, if there is any.
     *
     * @throws LaminarException STATE_MISMATCH if the state is not that of this pipeline
     */
    RunningJob submit(JobRequest request);

    /** The jobs the cluster knows, running or not. */
    List<JobSummary> jobs() throws InterruptedException;

    /**
     * A job that was started before.
     *
     * @param id as {@link RunningJob#id} gives it, or its first digits if no other job has the same
     * @throws LaminarException USAGE if there is no such job
     */
    RunningJob find(String id) throws InterruptedException;

    /** Ends what was started here: an embedded cluster with all its jobs, or the connection to a remote one. */
    @Override
    void close();

    /** Whether a job has run to its end already, with the state in its state folder. */
    static boolean hasFinished(JobRequest request) {
        if (request.state() == null || !StateFolder.exists(request.state())) {
            return false;
        }
        try (StateFolder state = StateFolder.open(request.state())) {
            return state.isFinished();
        }
    }

    /**
     * What the saved state a job would start from means for it, without starting it; empty if it would start from none.
     *
     * @throws LaminarException STATE_MISMATCH if the state is in use or cannot be read
     */
    static Optional<StateReport> compare(JobRequest request) {
        if (request.state() == null || !StateFolder.exists(request.state())) {
            return Optional.ofNullable(JobGraphs.compare(request, null));
        }
        try (StateFolder state = StateFolder.open(request.state())) {
            return Optional.ofNullable(JobGraphs.compare(request, state));
        }
    }

    /** The version of the Flink on the class path. */
    static String flinkVersion() {
        return EnvironmentInformation.getVersion();
    }
}
