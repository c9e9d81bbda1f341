package io.laminar.testing.chaos;

import java.time.Duration;

/** Tells when the job has come over a fault: what is fed after it comes out, it is saved, and all workers are there. */
final class Recovery {
    private final Plant plant;
    private final ChaosJob job;
    private final Progress progress;
    private final Feeder feeder;
    private final Duration limit;

    Recovery(Plant plant, ChaosJob job, Progress progress, Feeder feeder, Duration limit) {
        this.plant = plant;
        this.job = job;
        this.progress = progress;
        this.feeder = feeder;
        this.limit = limit;
    }

    /**
     * A moment.
     *
     * @param nanos by {@link System#nanoTime}
     * @param order the first one that is fed later
     */
    record Mark(long nanos, long order) {}

    Mark mark() {
        return new Mark(System.nanoTime(), feeder.fed());
    }

    /** @throws ChaosException if the job does not come over it in time */
    void await(String what, Mark fault) {
        try {
            Waiting.until("output after " + what, limit, () -> {
                job.requireGoingOn();
                return progress.last() >= fault.order();
            });
            Waiting.until("all workers after " + what, limit, plant::isComplete);
            long checkpoint = job.checkpoint();
            Waiting.until("a checkpoint after " + what, limit, () -> job.checkpoint() > checkpoint);
        } catch (ChaosException e) {
            throw new ChaosException(e.getMessage() + "; the job is " + job.state() + ": " + job.exceptions());
        }
    }

    /** From the fault to the first output of what was fed after it; once {@link #await} has returned. */
    double seconds(Mark fault) {
        return (progress.when(fault.order()) - fault.nanos()) / 1e9;
    }
}
