package io.laminar.server.telemetry;

import io.laminar.metadata.Job;
import io.laminar.server.job.JobObserver;
import io.laminar.server.job.JobState;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A span for each step in the life of a job: {@code job start}, {@code job recover}, {@code job rescale},
 * {@code job stop}, from the transition into such a state to the one out of it, and {@code job end} for a job that ends
 * without having been asked to. Each is a trace of its own, because a job may run for months.
 */
final class JobSteps implements JobObserver {
    private final Tracer tracer;
    private final Function<Job, JobAttributes> attributes;
    private final Consumer<Job> whenEnded;
    private final Map<String, Step> steps = new HashMap<>();
    private final Map<String, String> causes = new HashMap<>();

    /** @param whenEnded is told of jobs that have ended */
    JobSteps(Tracer tracer, Function<Job, JobAttributes> attributes, Consumer<Job> whenEnded) {
        this.tracer = tracer;
        this.attributes = attributes;
        this.whenEnded = whenEnded;
    }

    /** A step that is going on. */
    private record Step(JobState state, Span span) {}

    @Override
    public synchronized void moved(Job job, JobState from, JobState to) {
        Step current = steps.get(job.id());
        if (current != null && current.state().getClass() == to.getClass()) {
            // Noted again, with more that is known of the job, or is being stopped harder.
            noteMode(current.span(), to);
            return;
        }
        Step over = steps.remove(job.id());
        if (over != null) {
            end(over, to);
        }
        String name = name(to);
        if (name != null) {
            steps.put(job.id(), new Step(to, begin(job, name, from, to)));
        } else if (to instanceof JobState.Ended) {
            if (over == null) {
                end(new Step(from, begin(job, "job end", from, to)), to);
            }
            causes.remove(job.id());
            whenEnded.accept(job);
        }
    }

    private static @Nullable String name(JobState state) {
        if (state instanceof JobState.Scheduling) {
            return "job start";
        } else if (state instanceof JobState.Recovering) {
            return "job recover";
        } else if (state instanceof JobState.Rescaling) {
            return "job rescale";
        }
        return state instanceof JobState.Stopping ? "job stop" : null;
    }

    private Span begin(Job job, String name, JobState from, JobState to) {
        Span span = attributes.apply(job).span(tracer, name).startSpan();
        span.setAttribute("laminar.job.from", from.text());
        noteMode(span, to);
        String cause = causes.remove(job.id());
        if (cause != null) {
            if (to instanceof JobState.Failed) {
                span.setStatus(StatusCode.ERROR, cause);
            } else {
                span.setAttribute("laminar.cause", cause);
            }
        }
        return span;
    }

    private static void noteMode(Span span, JobState state) {
        if (state instanceof JobState.Stopping stopping) {
            span.setAttribute("laminar.stop.mode", stopping.mode().name().toLowerCase(Locale.ROOT));
        }
    }

    private static void end(Step step, JobState to) {
        Span span = step.span();
        span.setAttribute("laminar.job.to", to.text());
        boolean begins = step.state() instanceof JobState.Scheduling || step.state() instanceof JobState.Recovering;
        if (to instanceof JobState.Failed) {
            // Keeps what was said of the failure, if it was.
            span.setStatus(StatusCode.ERROR);
        } else if (begins && (to instanceof JobState.Running || to instanceof JobState.Finished)) {
            // What failed on the way has been overcome.
            span.setStatus(StatusCode.OK);
        }
        span.end();
    }

    @Override
    public synchronized void failed(Job job, String reason) {
        Step step = steps.get(job.id());
        if (step == null) {
            causes.put(job.id(), reason);
            return;
        }
        step.span().addEvent("failure: " + reason);
        step.span().setStatus(StatusCode.ERROR, reason);
    }

    /** Ends what is going on; the next process goes on with the jobs. */
    synchronized void close() {
        steps.values().forEach(step -> step.span().end());
        steps.clear();
    }
}
