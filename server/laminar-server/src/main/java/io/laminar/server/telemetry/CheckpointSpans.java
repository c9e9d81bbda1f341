package io.laminar.server.telemetry;

import io.laminar.flink.runtime.Checkpoint;
import io.laminar.flink.runtime.RunningJob;
import io.laminar.metadata.Job;
import io.laminar.spi.error.LaminarException;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A span {@code checkpoint} or {@code savepoint} for each that is over, with the times its cluster has noted. */
final class CheckpointSpans {
    private static final Logger LOG = LoggerFactory.getLogger(CheckpointSpans.class);

    private final Tracer tracer;
    private final Function<Job, JobAttributes> attributes;
    private final Map<String, Long> last = new HashMap<>();

    CheckpointSpans(Tracer tracer, Function<Job, JobAttributes> attributes) {
        this.tracer = tracer;
        this.attributes = attributes;
    }

    /** Looks for checkpoints of a job that were not there before. */
    synchronized void look(Job job, RunningJob running) throws InterruptedException {
        List<Checkpoint> all;
        try {
            all = running.checkpoints();
        } catch (LaminarException e) {
            LOG.debug("no checkpoints of {}", job.id(), e);
            return;
        }
        long known = last.getOrDefault(job.id(), 0L);
        // One that goes on holds those behind it back: a savepoint may overtake a checkpoint.
        long going = all.stream()
                .filter(one -> one.state() == Checkpoint.State.IN_PROGRESS)
                .mapToLong(Checkpoint::id)
                .min()
                .orElse(Long.MAX_VALUE);
        List<Checkpoint> fresh = all.stream()
                .filter(one -> one.id() > known && one.id() < going)
                .sorted(Comparator.comparingLong(Checkpoint::id))
                .toList();
        for (Checkpoint checkpoint : fresh) {
            report(job, checkpoint);
            last.put(job.id(), checkpoint.id());
        }
    }

    /** Of a job that has ended nothing more comes. */
    synchronized void forget(Job job) {
        last.remove(job.id());
    }

    private void report(Job job, Checkpoint checkpoint) {
        Instant started = checkpoint.started();
        SpanBuilder builder = attributes
                .apply(job)
                .span(tracer, checkpoint.kind().name().toLowerCase(Locale.ROOT))
                .setStartTimestamp(started)
                .setAttribute("laminar.checkpoint.id", checkpoint.id())
                .setAttribute("laminar.checkpoint.bytes", checkpoint.bytes())
                .setAttribute("laminar.checkpoint.new_bytes", checkpoint.newBytes())
                .setAttribute("laminar.checkpoint.subtasks", (long) checkpoint.tasks());
        Span span = builder.startSpan();
        String failure = checkpoint.failure();
        if (checkpoint.state() == Checkpoint.State.COMPLETED) {
            span.setStatus(StatusCode.OK);
        } else {
            span.setStatus(StatusCode.ERROR, failure == null ? "failed" : failure);
        }
        span.end(started.plus(checkpoint.duration()));
    }
}
