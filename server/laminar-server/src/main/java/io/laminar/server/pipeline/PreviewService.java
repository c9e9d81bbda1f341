package io.laminar.server.pipeline;

import io.laminar.connector.console.RowFeed;
import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.flink.runtime.JobRuntime;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.flink.runtime.StopMode;
import io.laminar.plan.ShownRows;
import io.laminar.plan.StreamPlan;
import io.laminar.server.api.NewPreview;
import io.laminar.server.api.PreviewEnd;
import io.laminar.server.event.EventOutput;
import io.laminar.server.event.EventStream;
import io.laminar.server.job.Output;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs queries to look at their rows: nothing is kept, nothing is written unless that is wanted, and it ends by itself. */
public final class PreviewService {
    private static final Logger LOG = LoggerFactory.getLogger(PreviewService.class);
    private static final int MOST_AT_ONCE = 10;
    private static final int USUAL_LIMIT = 1000;
    private static final int MOST_ROWS = 100_000;
    private static final int USUAL_SECONDS = 60;
    private static final int MOST_SECONDS = 3600;
    private static final int BATCH = 500;
    private static final Duration QUIET = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofMillis(100);

    private final QueryPlanner planner;
    private final JobRuntime runtime;
    private final Semaphore free = new Semaphore(MOST_AT_ONCE);

    public PreviewService(QueryPlanner planner, JobRuntime runtime) {
        this.planner = planner;
        this.runtime = runtime;
    }

    /**
     * The rows of a query as events: {@code table} before the first row of a table, {@code row}, and at the end {@code end}
     * or {@code error}. It is stopped when nobody listens any more.
     *
     * @throws LaminarException INVALID_REQUEST, UNAVAILABLE if there are too many; all errors of the query as
     *     PipelineErrors
     */
    public EventStream start(NewPreview wanted) {
        int limit = within(wanted.limit(), USUAL_LIMIT, MOST_ROWS, "limit");
        int seconds = within(wanted.seconds(), USUAL_SECONDS, MOST_SECONDS, "seconds");
        StreamPlan plan = planner.compile(wanted.query(), Map.of("updating_flush_interval", FLUSH.toMillis() + " ms"))
                .plan();
        String channel = "preview " + UUID.randomUUID();
        StreamPlan shown = Boolean.TRUE.equals(wanted.enableSinks())
                ? ShownRows.on(channel, plan)
                : ShownRows.instead(channel, plan);
        JobRequest request = JobRequest.of("preview", shown, BuiltinOperators.INSTANCE, null);
        return out -> {
            if (!free.tryAcquire()) {
                throw new LaminarException(
                        ErrorCode.UNAVAILABLE,
                        "there are " + MOST_AT_ONCE + " previews already",
                        "wait until one has ended");
            }
            try (RowFeed feed = RowFeed.openFirst(channel, limit)) {
                run(request, feed, limit, Duration.ofSeconds(seconds), out);
            } finally {
                free.release();
            }
        };
    }

    private static int within(@org.jspecify.annotations.Nullable Integer given, int usual, int most, String name) {
        if (given == null) {
            return usual;
        }
        if (given < 1 || given > most) {
            throw new LaminarException(ErrorCode.INVALID_REQUEST, name + " is a number from 1 to " + most);
        }
        return given;
    }

    private void run(JobRequest request, RowFeed feed, int limit, Duration longest, EventOutput out)
            throws InterruptedException {
        RunningJob job = runtime.submit(request);
        CompletableFuture<?> ended = job.end().thenAccept(end -> feed.end());
        try {
            String reason = copy(feed, limit, longest, out);
            var end = job.end().getNow(null);
            LaminarException failure = end == null ? null : end.failure();
            if (failure != null) {
                throw failure;
            }
            out.send("end", new PreviewEnd(reason, Math.min(limit, feed.rows())));
        } finally {
            stop(job);
            ended.cancel(false);
            runtime.forget(job.id());
        }
    }

    private static String copy(RowFeed feed, int limit, Duration longest, EventOutput out) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        Set<String> told = new HashSet<>();
        long last = 0;
        while (!out.isClosed()) {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                return "time";
            }
            Duration wait = left < QUIET.toNanos() ? Duration.ofNanos(left) : QUIET;
            RowFeed.Page page = feed.await(last, (int) Math.min(BATCH, limit - last), wait);
            Output.send(feed, page.rows(), told, out);
            last = page.next();
            if (page.ended()) {
                return "finished";
            } else if (last >= limit) {
                return "limit";
            } else if (page.rows().isEmpty()) {
                out.ping();
            }
        }
        return "closed";
    }

    private static void stop(RunningJob job) {
        try {
            if (!job.isDone()) {
                job.stop(StopMode.FORCE);
            }
        } catch (LaminarException e) {
            LOG.warn("the preview {} could not be stopped: {}", job.id(), e.reason());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
