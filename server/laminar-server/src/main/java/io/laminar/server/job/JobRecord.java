package io.laminar.server.job;

import io.laminar.connector.console.RowFeed;
import io.laminar.flink.metrics.FigureHistory;
import io.laminar.flink.metrics.JobFigures;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.spi.error.LaminarException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What can be seen of a job that this process has run: it stays a while after the end.
 *
 * @param output the rows it shows; null if it shows none
 */
public record JobRecord(
        RunningJob job, FigureHistory figures, @Nullable RowFeed output) {
    private static final Logger LOG = LoggerFactory.getLogger(JobRecord.class);
    private static final Duration LOOK = Duration.ofSeconds(1);

    static JobRecord of(RunningJob job, @Nullable RowFeed output, ScheduledExecutorService timer) {
        FigureHistory figures = new FigureHistory(() -> look(job));
        figures.start(timer, LOOK, job::isDone);
        return new JobRecord(job, figures, output);
    }

    private static JobFigures look(RunningJob job) {
        try {
            return job.figures(Clock.systemUTC());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaminarException(io.laminar.spi.error.ErrorCode.UNAVAILABLE, "the server is being stopped");
        } catch (LaminarException e) {
            LOG.debug("no figures of {}", job.id(), e);
            throw e;
        }
    }

    void close() {
        if (output != null) {
            output.close();
        }
    }
}
