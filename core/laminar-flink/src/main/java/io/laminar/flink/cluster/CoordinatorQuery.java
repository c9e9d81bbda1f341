package io.laminar.flink.cluster;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.rest.RestClient;
import org.apache.flink.runtime.rest.messages.ClusterConfigurationInfoHeaders;
import org.apache.flink.runtime.rest.messages.ConfigurationInfoEntry;
import org.apache.flink.runtime.rest.messages.DashboardConfigurationHeaders;
import org.apache.flink.runtime.rest.messages.EmptyMessageParameters;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.ResponseBody;
import org.apache.flink.runtime.rest.messages.RuntimeMessageHeaders;
import org.apache.flink.runtime.rest.messages.taskmanager.TaskManagersHeaders;
import org.apache.flink.util.ConfigurationException;

/** Asks a coordinator, by HTTP, what it is and who its workers are. */
final class CoordinatorQuery implements AutoCloseable {
    private static final long LIMIT_SECONDS = 10;
    private static final long CLOSE_SECONDS = 5;

    /** What a coordinator hides of its settings. */
    private static final String HIDDEN = "******";

    private final ClusterAddress address;
    private final ExecutorService executor = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "coordinator-query");
        thread.setDaemon(true);
        return thread;
    });
    private final RestClient client;

    CoordinatorQuery(ClusterAddress address) {
        this.address = address;
        Configuration configuration = new Configuration();
        address.configure(configuration);
        configuration.set(RestOptions.CONNECTION_TIMEOUT, java.time.Duration.ofSeconds(LIMIT_SECONDS));
        try {
            client = new RestClient(configuration, executor);
        } catch (ConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The version of Flink, for example {@code 2.3.0}. */
    String flinkVersion() throws IOException, InterruptedException {
        return ask(DashboardConfigurationHeaders.getInstance()).getFlinkVersion();
    }

    /** The settings it shows. */
    Map<String, String> settings() throws IOException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        for (ConfigurationInfoEntry entry : ask(ClusterConfigurationInfoHeaders.getInstance())) {
            if (!entry.getValue().equals(HIDDEN)) {
                settings.put(entry.getKey(), entry.getValue());
            }
        }
        return settings;
    }

    /** Whether a worker has joined. */
    boolean knows(String worker) throws IOException, InterruptedException {
        return ask(TaskManagersHeaders.getInstance()).getTaskManagerInfos().stream()
                .anyMatch(known -> known.getResourceId().toString().equals(worker));
    }

    private <P extends ResponseBody> P ask(RuntimeMessageHeaders<EmptyRequestBody, P, EmptyMessageParameters> what)
            throws IOException, InterruptedException {
        CompletableFuture<P> answer = client.sendRequest(address.host(), address.port(), what);
        try {
            return answer.get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IOException(cause.getMessage(), cause);
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + LIMIT_SECONDS + " seconds", e);
        }
    }

    @Override
    public void close() {
        client.shutdown(java.time.Duration.ofSeconds(CLOSE_SECONDS));
        executor.shutdownNow();
    }
}
