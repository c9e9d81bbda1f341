package io.laminar.flink.metrics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsHeaders;
import org.apache.flink.runtime.rest.messages.job.metrics.JobVertexMetricsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.metrics.Metric;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricCollectionResponseBody;
import org.apache.flink.runtime.rest.messages.job.metrics.MetricsFilterParameter;

/** Asks a remote cluster what the operators of a job have counted: two requests per stage or a few more. */
public final class RemoteFigures {
    /** Of an address that Flink's server reads there are 4096 characters. */
    private static final int LONGEST_NAMES = 3000;

    private final RestClusterClient<String> client;
    private final JobID job;

    public RemoteFigures(RestClusterClient<String> client, JobID job) {
        this.client = client;
        this.job = job;
    }

    /** What the subtasks that run now have counted since they started. */
    public CompletableFuture<List<OperatorFigures>> ask(OperatorLayout layout) {
        return client.getJobDetails(job).thenCompose(details -> {
            CompletableFuture<RemoteReadings> all = CompletableFuture.completedFuture(new RemoteReadings());
            for (JobVertexDetailsInfo vertex : details.getJobVertexInfos()) {
                all = all.thenCombine(values(vertex), (readings, values) -> {
                    values.forEach(metric ->
                            readings.add(vertex.getJobVertexID().toHexString(), metric.getId(), metric.getValue()));
                    return readings;
                });
            }
            return all.thenApply(readings -> readings.of(layout));
        });
    }

    private CompletableFuture<Collection<Metric>> values(JobVertexDetailsInfo vertex) {
        JobVertexID stage = vertex.getJobVertexID();
        return ask(stage, List.of()).thenCompose(known -> {
            CompletableFuture<Collection<Metric>> all = CompletableFuture.completedFuture(new ArrayList<>());
            for (List<String> names : chunks(known, vertex.getParallelism())) {
                all = all.thenCombine(ask(stage, names), (found, more) -> {
                    found.addAll(more);
                    return found;
                });
            }
            return all;
        });
    }

    /** The names somebody wants, in lists that fit into a request. */
    private static List<List<String>> chunks(Collection<Metric> known, int parallelism) {
        List<List<String>> chunks = new ArrayList<>();
        int length = LONGEST_NAMES;
        for (Metric metric : known) {
            String name = metric.getId();
            if (RemoteReadings.isWanted(name, parallelism)) {
                length += name.length() + 1;
                if (length > LONGEST_NAMES) {
                    chunks.add(new ArrayList<>());
                    length = name.length() + 1;
                }
                chunks.get(chunks.size() - 1).add(name);
            }
        }
        return chunks;
    }

    /** @param names empty for the names of all metrics, without their values */
    private CompletableFuture<Collection<Metric>> ask(JobVertexID stage, List<String> names) {
        JobVertexMetricsHeaders headers = JobVertexMetricsHeaders.getInstance();
        JobVertexMetricsMessageParameters parameters =
                RestPath.of(headers.getUnresolvedMessageParameters(), job, stage);
        parameters.getQueryParameters().forEach(parameter -> {
            if (!names.isEmpty() && parameter instanceof MetricsFilterParameter filter) {
                filter.resolve(names);
            }
        });
        return client.sendRequest(headers, parameters, EmptyRequestBody.getInstance())
                .thenApply(MetricCollectionResponseBody::getMetrics);
    }
}
