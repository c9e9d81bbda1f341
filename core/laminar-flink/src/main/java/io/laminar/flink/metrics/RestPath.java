package io.laminar.flink.metrics;

import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.jobgraph.JobVertexID;
import org.apache.flink.runtime.rest.messages.JobIDPathParameter;
import org.apache.flink.runtime.rest.messages.JobVertexIdPathParameter;
import org.apache.flink.runtime.rest.messages.MessageParameters;
import org.apache.flink.runtime.rest.messages.checkpoints.CheckpointIdPathParameter;

/** Says what a request is about: Flink hides the parameters of most of its requests. */
public final class RestPath {
    private RestPath() {}

    /** A job. */
    public static <P extends MessageParameters> P of(P parameters, JobID job) {
        parameters.getPathParameters().forEach(parameter -> {
            if (parameter instanceof JobIDPathParameter path) {
                path.resolve(job);
            }
        });
        return parameters;
    }

    /** A stage of a job. */
    public static <P extends MessageParameters> P of(P parameters, JobID job, JobVertexID stage) {
        of(parameters, job).getPathParameters().forEach(parameter -> {
            if (parameter instanceof JobVertexIdPathParameter path) {
                path.resolve(stage);
            }
        });
        return parameters;
    }

    /** A checkpoint of what is named already. */
    public static <P extends MessageParameters> P checkpoint(P parameters, long number) {
        parameters.getPathParameters().forEach(parameter -> {
            if (parameter instanceof CheckpointIdPathParameter path) {
                path.resolve(number);
            }
        });
        return parameters;
    }
}
