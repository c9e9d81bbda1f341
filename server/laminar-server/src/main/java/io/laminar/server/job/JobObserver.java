package io.laminar.server.job;

import io.laminar.metadata.Job;

/** Is told what jobs go through, while their runners wait: it must not take long. */
public interface JobObserver {
    /** Sees nothing. */
    JobObserver NONE = new JobObserver() {
        @Override
        public void moved(Job job, JobState from, JobState to) {}

        @Override
        public void failed(Job job, String reason) {}
    };

    /** A job has gone to another state. */
    void moved(Job job, JobState from, JobState to);

    /** Something has gone wrong in a job, which may go on nevertheless. */
    void failed(Job job, String reason);
}
