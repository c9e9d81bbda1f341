package io.laminar.flink.runtime;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.JobID;
import org.apache.flink.api.common.JobStatus;
import org.apache.flink.client.program.ClusterClient;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.operators.coordination.CoordinationRequest;
import org.apache.flink.runtime.operators.coordination.CoordinationRequestGateway;
import org.apache.flink.runtime.operators.coordination.CoordinationResponse;

/** What Flink's reader of collected rows wants to see of a job. */
record RemoteJobClient(ClusterClient<?> cluster, JobID id) implements JobClient, CoordinationRequestGateway {

    @Override
    public JobID getJobID() {
        return id;
    }

    @Override
    public CompletableFuture<JobStatus> getJobStatus() {
        return cluster.getJobStatus(id);
    }

    /** Not for the reader of its rows to decide. */
    @Override
    public CompletableFuture<Void> cancel() {
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<String> stopWithSavepoint(boolean advance, String folder, SavepointFormatType format) {
        return cluster.stopWithSavepoint(id, advance, folder, format);
    }

    @Override
    public CompletableFuture<String> triggerSavepoint(String folder, SavepointFormatType format) {
        return cluster.triggerSavepoint(id, folder, format);
    }

    @Override
    public CompletableFuture<Map<String, Object>> getAccumulators() {
        return cluster.getAccumulators(id);
    }

    @Override
    public CompletableFuture<JobExecutionResult> getJobExecutionResult() {
        return cluster.requestJobResult(id).thenApply(result -> {
            try {
                return result.toJobExecutionResult(RemoteJobClient.class.getClassLoader());
            } catch (Exception e) {
                throw new CompletionException(e);
            }
        });
    }

    @Override
    public CompletableFuture<CoordinationResponse> sendCoordinationRequest(
            String operator, CoordinationRequest request) {
        return cluster.sendCoordinationRequest(id, operator, request);
    }
}
