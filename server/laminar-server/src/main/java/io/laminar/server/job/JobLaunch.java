package io.laminar.server.job;

import io.laminar.flink.runtime.JobRequest;
import io.laminar.metadata.Job;
import io.laminar.spi.error.LaminarException;

/** What a job is to run. */
public interface JobLaunch {

    /**
     * The request to run a job, with its plan made of the query of its version.
     *
     * @throws LaminarException if the query is no longer valid, or what it names is not there
     */
    JobRequest request(Job job);

    /** The folder in which the job keeps its state, as in the request. */
    String state(Job job);
}
