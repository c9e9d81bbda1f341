package io.laminar.flink.cluster;

import io.laminar.flink.state.PatientCheckpointStorage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.BlobServerOptions;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ClusterOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.HeartbeatManagerOptions;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.SecurityOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;

/** Flink's settings for the processes of a cluster. */
final class ProcessConfiguration {
    /** About as long as Flink's timers go. */
    private static final Duration FOREVER = Duration.ofDays(200);

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** What a worker takes over from its coordinator: they must agree on these. */
    private static final String[] SHARED = {
        "jobmanager.rpc.", "high-availability", "heartbeat.", "pekko.", "execution.checkpointing.", "state."
    };

    private ProcessConfiguration() {}

    /** @param temporary folder for everything that dies with the process */
    static Configuration coordinator(CoordinatorSettings settings, Path temporary) {
        Configuration configuration = common(temporary);
        configuration.set(JobManagerOptions.ADDRESS, settings.host());
        configuration.set(JobManagerOptions.BIND_HOST, settings.bind());
        configuration.set(JobManagerOptions.PORT, settings.port());
        configuration.set(RestOptions.ADDRESS, settings.host());
        configuration.set(RestOptions.BIND_ADDRESS, settings.bind());
        configuration.set(RestOptions.PORT, settings.restPort());
        configuration.set(RestOptions.BIND_PORT, String.valueOf(settings.restPort()));
        configuration.set(WebOptions.SUBMIT_ENABLE, false);
        configuration.set(WebOptions.REFRESH_INTERVAL, SECOND);
        configuration.set(MetricOptions.METRIC_FETCHER_UPDATE_INTERVAL, SECOND);
        configuration.set(WebOptions.TMP_DIR, temporary.toString());
        scheduling(configuration);
        checkpoints(
                configuration,
                settings.checkpoints() == null
                        ? temporary.resolve("checkpoints").toString()
                        : settings.checkpoints());
        if (settings.highAvailability() != null) {
            settings.highAvailability().configure(configuration);
            // With a leader found by ZooKeeper, Flink would take any port.
            configuration.setString("high-availability.jobmanager.port", String.valueOf(settings.port()));
        }
        String build = BuildIdentity.ofThisProcess();
        if (build != null) {
            configuration.setString(BuildIdentity.KEY, build);
        }
        settings.flink().forEach(configuration::setString);
        return configuration;
    }

    /** Jobs run with the slots there are, take new ones within seconds, and wait for as long as there are none. */
    private static void scheduling(Configuration configuration) {
        configuration.set(JobManagerOptions.SCHEDULER, JobManagerOptions.SchedulerType.Adaptive);
        configuration.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_STABILIZATION_TIMEOUT, SECOND);
        configuration.set(JobManagerOptions.SCHEDULER_SUBMISSION_RESOURCE_WAIT_TIMEOUT, Duration.ofMillis(-1));
        configuration.set(JobManagerOptions.SCHEDULER_EXECUTING_COOLDOWN_AFTER_RESCALING, SECOND);
        configuration.set(JobManagerOptions.SCHEDULER_EXECUTING_RESOURCE_STABILIZATION_TIMEOUT, SECOND);
        configuration.set(JobManagerOptions.SCHEDULER_RESCALE_TRIGGER_MAX_DELAY, Duration.ofSeconds(30));
        configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "exponential-delay");
    }

    private static void checkpoints(Configuration configuration, String location) {
        String url = HighAvailability.location(location).replaceAll("/+$", "");
        configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, PatientCheckpointStorage.Factory.class.getName());
        configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, url + "/checkpoints");
        configuration.set(CheckpointingOptions.SAVEPOINT_DIRECTORY, url + "/savepoints");
    }

    /**
     * @param shared the coordinator's settings
     * @param address local address from which the coordinator was reached
     */
    static Configuration worker(WorkerSettings settings, Map<String, String> shared, String address, Path temporary) {
        Configuration configuration = common(temporary);
        shared.forEach((key, value) -> {
            for (String prefix : SHARED) {
                if (key.startsWith(prefix)) {
                    configuration.setString(key, value);
                }
            }
        });
        String host = settings.host() == null ? address : settings.host();
        configuration.set(TaskManagerOptions.HOST, host);
        configuration.set(
                TaskManagerOptions.BIND_HOST,
                settings.bind() != null ? settings.bind() : settings.host() == null ? address : "0.0.0.0");
        // Jobs are safe without their workers, so a worker has all the time to find its coordinator again.
        configuration.set(TaskManagerOptions.REGISTRATION_TIMEOUT, FOREVER);
        configuration.set(TaskManagerOptions.NUM_TASK_SLOTS, settings.slots());
        configuration.set(TaskManagerOptions.CPU_CORES, (double) settings.slots());
        memory(configuration, settings.memory(), NetworkMemory.of(settings.slots()));
        settings.flink().forEach(configuration::setString);
        return configuration;
    }

    /** Flink wants every part of the memory named when its own scripts do not compute them. */
    private static void memory(Configuration configuration, ProcessMemory memory, NetworkMemory network) {
        long half = memory.heap() / 2;
        configuration.set(TaskManagerOptions.FRAMEWORK_HEAP_MEMORY, new MemorySize(memory.heap() - half));
        configuration.set(TaskManagerOptions.TASK_HEAP_MEMORY, new MemorySize(half));
        configuration.set(TaskManagerOptions.FRAMEWORK_OFF_HEAP_MEMORY, new MemorySize(memory.direct()));
        configuration.set(TaskManagerOptions.TASK_OFF_HEAP_MEMORY, MemorySize.ZERO);
        configuration.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(1));
        configuration.set(TaskManagerOptions.MEMORY_SEGMENT_SIZE, new MemorySize(network.segmentBytes()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MIN, new MemorySize(memory.network()));
        configuration.set(TaskManagerOptions.NETWORK_MEMORY_MAX, new MemorySize(memory.network()));
        configuration.set(TaskManagerOptions.JVM_METASPACE, new MemorySize(memory.metaspace()));
        configuration.set(TaskManagerOptions.JVM_OVERHEAD_MIN, new MemorySize(memory.overhead()));
        configuration.set(TaskManagerOptions.JVM_OVERHEAD_MAX, new MemorySize(memory.overhead()));
    }

    private static Configuration common(Path temporary) {
        Configuration configuration = new Configuration();
        configuration.set(CoreOptions.TMP_DIRS, temporary.toString());
        configuration.set(ClusterOptions.PROCESS_WORKING_DIR_BASE, temporary.toString());
        configuration.set(
                BlobServerOptions.STORAGE_DIRECTORY, temporary.resolve("blobs").toString());
        // Kerberos and Hadoop's tokens, which Flink would look for at every start.
        configuration.set(SecurityOptions.SECURITY_CONTEXT_FACTORY_CLASSES, List.of());
        configuration.set(SecurityOptions.SECURITY_MODULE_FACTORY_CLASSES, List.of());
        configuration.set(SecurityOptions.DELEGATION_TOKENS_ENABLED, false);
        // A process that is killed is noticed by its broken connection; these notice one that hangs.
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_INTERVAL, Duration.ofSeconds(2));
        configuration.set(HeartbeatManagerOptions.HEARTBEAT_TIMEOUT, Duration.ofSeconds(30));
        return configuration;
    }
}
