package io.laminar.flink.metrics;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobIDPathParameter;
import org.apache.flink.runtime.rest.messages.JobVertexIdPathParameter;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetric;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedMetricsResponseBody;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.AggregatedSubtaskMetricsParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricsFilterParameter;

/** Flink's metrics of one job of a remote cluster, over all subtasks of each stage. */
public final class RemoteMetrics {
    private final RestClusterClient<String> client;
    private final JobID job;

    public RemoteMetrics(RestClusterClient<String> client, JobID job) {
        this.client = client;
        this.job = job;
    }

    /** The name under which a cluster shows a metric to clients: its own has no dots. */
    static String shown(String name) {
        return name.replace('.', '_');
    }

    /** The names of the metrics somebody wants, by stage; stages without one are left out. */
    CompletableFuture<Map<JobVertexID, List<String>>> names(Predicate<String> wanted) {
        return client.getJobDetails(job).thenCompose(details -> {
            CompletableFuture<Map<JobVertexID, List<String>>> all = CompletableFuture.completedFuture(new TreeMap<>());
            for (JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
                JobVertexID id = vertex.getJobVertexID();
                all = all.thenCombine(values(id, List.of()), (found, metrics) -> {
                    List<String> names = metrics.stream()
                            .map(AggregatedMetric::getId)
                            .filter(wanted)
                            .toList();
                    if (!names.isEmpty()) {
                        found.put(id, names);
                    }
                    return found;
                });
            }
            return all;
        });
    }

    /** @param names empty for the names of all metrics, without their values */
    CompletableFuture<Collection<AggregatedMetric>> values(JobVertexID stage, List<String> names) {
        AggregatedSubtaskMetricsHeaders headers = AggregatedSubtaskMetricsHeaders.getInstance();
        AggregatedSubtaskMetricsParameters parameters = headers.getUnresolvedMessageParameters();
        parameters.getPathParameters().forEach(parameter -> {
            if (parameter instanceof JobIDPathParameter path) {
                path.resolve(job);
            } else if (parameter instanceof JobVertexIdPathParameter path) {
                path.resolve(stage);
            }
        });
        parameters.getQueryParameters().forEach(parameter -> {
            if (!names.isEmpty() && parameter instanceof MetricsFilterParameter filter) {
                filter.resolve(names);
            }
        });
        return client.sendRequest(headers, parameters, EmptyRequestBody.getInstance())
                .thenApply(AggregatedMetricsResponseBody::getMetrics);
    }
}
