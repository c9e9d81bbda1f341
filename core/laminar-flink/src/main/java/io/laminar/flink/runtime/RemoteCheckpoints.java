package io.laminar.flink.runtime;

import io.laminar.flink.metrics.OperatorFigures;
import io.laminar.flink.metrics.RestPath;
import io.laminar.flink.runtime.CheckpointDetails.OfStage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatisticDetailsHeaders;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointStatistics;
import org.apache.flink.runtime.rest.messages.checkpoints.TaskCheckpointMessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.TaskCheckpointStatisticsHeaders;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.util.RestClientException;
import org.apache.flink.util.ExceptionUtils;

/** Asks a remote cluster for checkpoints of a job. */
final class RemoteCheckpoints {
    private static final int NOT_FOUND = 404;

    private final RestClusterClient<String> client;
    private final JobID job;

    RemoteCheckpoints(RestClusterClient<String> client, JobID job) {
        this.client = client;
        this.job = job;
    }

    Optional<CheckpointDetails> ask(long number, List<OperatorFigures> operators)
            throws InterruptedException, ExecutionException {
        CheckpointMessageParameters parameters =
                RestPath.checkpoint(RestPath.of(new CheckpointMessageParameters(), job), number);
        CheckpointStatistics checkpoint;
        try {
            checkpoint = client.sendRequest(
                            CheckpointStatisticDetailsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance())
                    .get();
        } catch (ExecutionException e) {
            if (isUnknown(e)) {
                return Optional.empty();
            }
            throw e;
        }
        List<OfStage> stages = new ArrayList<>();
        for (JobVertexDetailsInfo vertex : client.getJobDetails(job).get().getJobVertexInfos()) {
            if (checkpoint.getCheckpointStatisticsPerTask().containsKey(vertex.getJobVertexID())) {
                stages.add(stage(number, vertex, operators));
            }
        }
        return Optional.of(new CheckpointDetails(Checkpoint.of(checkpoint), stages));
    }

    private OfStage stage(long number, JobVertexDetailsInfo vertex, List<OperatorFigures> operators)
            throws InterruptedException, ExecutionException {
        TaskCheckpointMessageParameters parameters = RestPath.checkpoint(
                RestPath.of(new TaskCheckpointMessageParameters(), job, vertex.getJobVertexID()), number);
        return SubtaskCheckpoints.stage(
                vertex.getJobVertexID().toHexString(),
                vertex.getName(),
                client.sendRequest(
                                TaskCheckpointStatisticsHeaders.getInstance(),
                                parameters,
                                EmptyRequestBody.getInstance())
                        .get(),
                operators);
    }

    private static boolean isUnknown(ExecutionException failure) {
        return ExceptionUtils.findThrowable(failure, RestClientException.class)
                .filter(answer -> answer.getHttpResponseStatus().code() == NOT_FOUND)
                .isPresent();
    }
}
