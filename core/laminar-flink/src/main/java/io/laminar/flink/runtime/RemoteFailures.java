package io.laminar.flink.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.JobID;
import org.apache.flink.client.program.rest.RestClusterClient;
import org.apache.flink.runtime.execution.ExecutionState;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.EmptyRequestBody;
import org.apache.flink.runtime.rest.messages.JobExceptionsHeaders;
import org.apache.flink.runtime.rest.messages.JobExceptionsInfoWithHistory.RootExceptionInfo;
import org.apache.flink.runtime.rest.messages.JobVertexDetailsHeaders;
import org.apache.flink.runtime.rest.messages.JobVertexMessageParameters;
import org.apache.flink.runtime.rest.messages.job.JobDetailsInfo.JobVertexDetailsInfo;
import org.apache.flink.runtime.rest.messages.job.JobExceptionsMessageParameters;
import org.apache.flink.runtime.rest.messages.job.SubtaskExecutionAttemptDetailsInfo;
import org.jspecify.annotations.Nullable;

/** Asks a remote cluster for the failures of a job. */
final class RemoteFailures {
    /** Clusters answer with what they knew some seconds ago, three unless told otherwise. */
    private static final Duration OLD = Duration.ofSeconds(5);

    private static final int LOOK_MILLIS = 100;

    private final RestClusterClient<String> client;
    private final JobID job;

    RemoteFailures(RestClusterClient<String> client, JobID job) {
        this.client = client;
        this.job = job;
    }

    /**
     * All that the cluster remembers, the latest first.
     *
     * @param ended whether the job has ended, so that nothing but its end is to be told
     */
    List<JobFailure> ask(boolean ended) throws InterruptedException, ExecutionException {
        if (ended) {
            awaitEnd();
        }
        JobExceptionsMessageParameters parameters = new JobExceptionsMessageParameters();
        parameters.jobPathParameter.resolve(job);
        List<JobFailure> failures = new ArrayList<>();
        for (Object one : client.sendRequest(
                        JobExceptionsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance())
                .get()
                .getExceptionHistory()
                .getEntries()) {
            RootExceptionInfo entry = (RootExceptionInfo) one;
            String task = entry.getTaskName();
            if (task == null && failures.isEmpty()) {
                task = failed();
            }
            failures.add(JobFailure.of(entry.getTimestamp(), entry.getStacktrace(), task));
        }
        return List.copyOf(failures);
    }

    /** Waits until the cluster's answers tell of the end. */
    private void awaitEnd() throws InterruptedException, ExecutionException {
        long deadline = System.nanoTime() + OLD.toNanos();
        while (!client.getJobDetails(job).get().getJobStatus().isTerminalState() && System.nanoTime() < deadline) {
            Snapshots.pause(LOOK_MILLIS);
        }
    }

    /**
     * The task that the last failure comes from: Flink's list does not say it before the next start, its tasks do. Of
     * several the first one: what fails later does because of it.
     */
    private @Nullable String failed() throws InterruptedException, ExecutionException {
        String first = null;
        long earliest = Long.MAX_VALUE;
        for (JobVertexDetailsInfo vertex : client.getJobDetails(job).get().getJobVertexInfos()) {
            if (vertex.getTasksPerState().getOrDefault(ExecutionState.FAILED, 0) == 0) {
                continue;
            }
            SubtaskExecutionAttemptDetailsInfo subtask = subtasks(vertex.getJobVertexID()).stream()
                    .filter(one -> one.getStatus() == ExecutionState.FAILED)
                    .min(Comparator.comparingLong(SubtaskExecutionAttemptDetailsInfo::getEndTime))
                    .orElse(null);
            if (subtask != null && subtask.getEndTime() < earliest) {
                earliest = subtask.getEndTime();
                first = vertex.getName() + " (" + (subtask.getSubtaskIndex() + 1) + "/" + vertex.getParallelism() + ")";
            }
        }
        return first;
    }

    private List<SubtaskExecutionAttemptDetailsInfo> subtasks(JobVertexID vertex)
            throws InterruptedException, ExecutionException {
        JobVertexMessageParameters parameters = new JobVertexMessageParameters();
        parameters.jobPathParameter.resolve(job);
        parameters.jobVertexIdPathParameter.resolve(vertex);
        return client.sendRequest(JobVertexDetailsHeaders.getInstance(), parameters, EmptyRequestBody.getInstance())
                .get()
                .getSubtasks();
    }
}
