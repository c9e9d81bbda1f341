package io.laminar.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.flink.runtime.JobFailure;
import io.laminar.flink.runtime.StopMode;
import io.laminar.metadata.Job;
import io.laminar.server.api.ErrorAnswer;
import io.laminar.server.api.ErrorAnswer.Problem;
import io.laminar.server.api.JobResource;
import io.laminar.server.api.Problems;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import org.jspecify.annotations.Nullable;

/** Jobs as the API shows them. */
public final class JobResources implements FailureText {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    public static JobResource of(Job job) {
        return new JobResource(
                job.id(),
                job.pipeline(),
                job.version(),
                job.state(),
                action(job),
                job.clusterJob(),
                job.restarts(),
                problem(job.failure()),
                job.created(),
                job.started(),
                job.ended());
    }

    /** What a job is doing, in a few words. */
    public static String action(Job job) {
        Problem failure = problem(job.failure());
        return "the job " + JobState.of(job.state(), StopMode.CHECKPOINT).action()
                + (failure == null ? "" : ": " + failure.message());
    }

    /** A failure as it is stored. */
    public static @Nullable Problem problem(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, Problem.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a failure in the store", e);
        }
    }

    @Override
    public String text(RuntimeException failure) {
        return write(failure instanceof PipelineErrors errors ? Problems.of(errors) : Problems.of(known(failure)));
    }

    @Override
    public String text(JobFailure failure) {
        ErrorCode code = failure.code() == null ? ErrorCode.JOB_FAILED : failure.code();
        Problem known =
                Problems.of(new LaminarException(code, failure.reason(), failure.place(), failure.hint(), null));
        ErrorAnswer.Details details = known.details();
        return write(new Problem(
                known.code(),
                known.type(),
                known.message(),
                new ErrorAnswer.Details(
                        details.line(),
                        details.column(),
                        details.endLine(),
                        details.endColumn(),
                        place(details.place(), failure),
                        details.hint(),
                        null)));
    }

    /** Where in the data, and in which part of the job. */
    private static @Nullable String place(@Nullable String data, JobFailure failure) {
        String stage = failure.stage();
        if (stage == null) {
            return data;
        }
        String task = failure.subtask() < 0 ? stage : stage + ", subtask " + failure.subtask();
        return data == null ? task : data + "; " + task;
    }

    private static String write(Problem problem) {
        try {
            return MAPPER.writeValueAsString(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String reason(RuntimeException failure) {
        return failure instanceof PipelineErrors errors
                ? errors.errors().get(0).reason()
                : known(failure).reason();
    }

    private static LaminarException known(RuntimeException failure) {
        return failure instanceof LaminarException known
                ? known
                : new LaminarException(ErrorCode.INTERNAL, "a defect of the server; its log says more");
    }
}
