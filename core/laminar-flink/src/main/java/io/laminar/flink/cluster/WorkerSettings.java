package io.laminar.flink.cluster;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a worker is started.
 *
 * @param coordinators one, or those that stand in for each other
 * @param bind address it listens at; null for the one from which it reaches the coordinator
 * @param host name or address by which the others reach it; null for the one from which it reaches the coordinator
 * @param slots how many subtasks of an operator it runs
 * @param flink further settings of Flink, which override all others
 */
public record WorkerSettings(
        List<ClusterAddress> coordinators,
        @Nullable String bind,
        @Nullable String host,
        int slots,
        ProcessMemory memory,
        Map<String, String> flink) {

    public WorkerSettings {
        coordinators = List.copyOf(coordinators);
        flink = Map.copyOf(flink);
    }
}
