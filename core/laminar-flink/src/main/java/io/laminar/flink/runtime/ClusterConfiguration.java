package io.laminar.flink.runtime;

import io.laminar.flink.cluster.NetworkMemory;
import io.laminar.flink.metrics.JobMetricsReporter;
import io.laminar.flink.state.PatientCheckpointStorage;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RpcOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Flink's settings for a cluster inside this process. */
final class ClusterConfiguration {
    private static final Duration SHORT = Duration.ofMillis(500);

    private static final int FEW = 2;

    /** The last so many checkpoints of a job can be looked at. */
    private static final int CHECKPOINTS_KNOWN = 50;

    private ClusterConfiguration() {}

    /**
     * @param name the cluster's name for {@link io.laminar.flink.metrics.JobMetrics}
     * @param temporary folder for everything that dies with the cluster
     */
    static Configuration of(String name, JobRoom room, Path temporary) {
        NetworkMemory network = room.network();
        Configuration configuration = new Configuration();
        configuration.set(RestOptions.ADDRESS, "localhost");
        configuration.set(RestOptions.BIND_PORT, "0");
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(JobManagerOptions.ADDRESS, "localhost");
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary.toString());
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, room.slots());
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(network.segmentBytes()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, new MemorySize(network.totalBytes()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, new MemorySize(network.totalBytes()));
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, PatientCheckpointStorage.Factory.class.getName());
        rescaleAtOnce(configuration);
        fewThreads(configuration);
        configuration.set(WebOptions.CHECKPOINTS_HISTORY_SIZE, CHECKPOINTS_KNOWN);
        // One process has no network to lose; what these would notice is a pause of the whole machine.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofMinutes(10));
        configuration.set(RpcOptions.ASK_TIMEOUT_DURATION, Duration.ofMinutes(10));
        String reporter = "metrics.reporter.laminar.";
        configuration.setString("metrics.reporters", "laminar");
        configuration.setString(reporter + "factory.class", JobMetricsReporter.Factory.class.getName());
        configuration.setString(reporter + JobMetricsReporter.CLUSTER, name);
        return configuration;
    }

    /** Little is managed here, and a process may have many clusters. */
    private static void fewThreads(Configuration configuration) {
        configuration.set(RestOptions.SERVER_NUM_THREADS, 1);
        configuration.set(ClusterOptions.CLUSTER_IO_EXECUTOR_POOL_SIZE, FEW);
        configuration.set(JobManagerOptions.JOB_MANAGER_FUTURE_POOL_SIZE, FEW);
        configuration.set(JobManagerOptions.JOB_MANAGER_IO_POOL_SIZE, FEW);
        configuration.set(RpcOptions.FORK_JOIN_EXECUTOR_PARALLELISM_MIN, FEW);
        configuration.set(RpcOptions.FORK_JOIN_EXECUTOR_PARALLELISM_MAX, FEW);
        // Nobody asks the cluster for metrics: its reporter has them.
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, Duration.ZERO);
    }

    /** Jobs can be given more and fewer subtasks while they run; Flink's defaults would wait up to a minute for that. */
    static void rescaleAtOnce(Configuration configuration) {
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        configuration.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, SHORT);
        configuration.set(JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT, SHORT);
        configuration.set(JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, Duration.ZERO);
        configuration.set(JobManagerOptions.SCHEDULER_RESCALE_TRIGGER_MAX_DELAY, Duration.ofSeconds(2));
    }
}
