package io.laminar.server.job;

import io.laminar.flink.runtime.JobFailure;

/** Failures as the store keeps them and the API shows them. */
public interface FailureText {

    /** As JSON. */
    String text(RuntimeException failure);

    /** As JSON. */
    String text(JobFailure failure);

    /** In a line. */
    String reason(RuntimeException failure);
}
