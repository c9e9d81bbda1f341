package io.laminar.flink.cluster;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a coordinator is started.
 *
 * @param bind address it listens at
 * @param host name or address by which workers and clients reach it
 * @param port for its workers; 0 for any
 * @param restPort for clients and joining workers; 0 for any
 * @param highAvailability null for a single coordinator
 * @param checkpoints folder or URL for checkpoints of jobs that name none; null only if it listens at loopback
 * @param flink further settings of Flink, which override all others
 */
public record CoordinatorSettings(
        String bind,
        String host,
        int port,
        int restPort,
        @Nullable HighAvailability highAvailability,
        @Nullable String checkpoints,
        Map<String, String> flink) {
    public static final int DEFAULT_PORT = 6123;

    public CoordinatorSettings {
        flink = Map.copyOf(flink);
    }

    /** Whether only processes of the same machine reach it. */
    public boolean isLocal() {
        return ClusterAddress.isLoopback(bind);
    }
}
