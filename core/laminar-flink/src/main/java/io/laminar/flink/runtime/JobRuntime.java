package io.laminar.flink.runtime;

import io.laminar.flink.cluster.ClusterSize;
import io.laminar.spi.error.ErrorCode;
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
     * Runs any number of jobs inside this process, each in a cluster of its own that has the size the job needs and ends
     * with it. Nothing is started before the first job.
     */
    static JobRuntime elastic(EmbeddedLimits limits) {
        return new ElasticRuntime(limits);
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
     * @throws LaminarException STATE_MISMATCH if the state is not that of this pipeline, LIMIT_EXCEEDED if there is no
     *     room for the job
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

    /**
     * A job of a remote cluster that an earlier process started, with its state folder: stopping it leaves the folder as
     * if this process had started it. The folder is locked until the job has ended.
     *
     * @param id all digits
     * @param state the folder, as in the job's {@link JobRequest}
     * @throws LaminarException USAGE if there is no such job, STATE_MISMATCH if the folder is in use, or is not that of the
     *     job
     */
    default RunningJob find(String id, String state) throws InterruptedException {
        throw new LaminarException(
                ErrorCode.USAGE, "jobs of this process end with it", "start the job again; it goes on from its state");
    }

    /** Forgets a job that has ended, with all that is known of it; its {@link RunningJob} goes on to answer. */
    default void forget(String id) {}

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

    /** What it would mean for the state of a job if it went on as another, without starting either. */
    static StateReport compare(JobRequest before, JobRequest after) {
        return JobGraphs.difference(before, after);
    }

    /** The version of the Flink on the class path. */
    static String flinkVersion() {
        return EnvironmentInformation.getVersion();
    }
}
