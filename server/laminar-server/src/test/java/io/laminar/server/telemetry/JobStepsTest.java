package io.laminar.server.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.flink.runtime.StopMode;
import io.laminar.metadata.Job;
import io.laminar.server.job.JobState.Failed;
import io.laminar.server.job.JobState.Finished;
import io.laminar.server.job.JobState.Recovering;
import io.laminar.server.job.JobState.Rescaling;
import io.laminar.server.job.JobState.Running;
import io.laminar.server.job.JobState.Scheduling;
import io.laminar.server.job.JobState.Stopped;
import io.laminar.server.job.JobState.Stopping;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which transitions of a job make which spans. */
class JobStepsTest {
    private final List<SpanData> spans = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final Job job = new Job("job_1", "pipe_1", 3, "Created", null, null, 0, null, Instant.EPOCH, null, null);
    private final JobSteps steps = new JobSteps(
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(new Kept()))
                    .build()
                    .get("test"),
            one -> new JobAttributes(one.id(), one.pipeline(), "flights", one.version()),
            one -> ended.add(one.id()));

    /** Keeps spans in the list. */
    private final class Kept implements SpanExporter {
        @Override
        public CompletableResultCode export(Collection<SpanData> more) {
            spans.addAll(more);
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }

    private SpanData only() {
        assertEquals(1, spans.size(), spans.toString());
        return spans.get(0);
    }

    private String text(SpanData span, String name) {
        return span.getAttributes().get(AttributeKey.stringKey(name));
    }

    @Test
    void aStartThatIsNotedTwiceIsOneSpan() {
        steps.moved(job, new io.laminar.server.job.JobState.Created(), new Scheduling());
        steps.moved(job, new Scheduling(), new Scheduling());
        assertEquals(List.of(), spans);
        steps.moved(job, new Scheduling(), new Running());
        assertEquals("job start", only().getName());
        assertEquals(StatusCode.OK, only().getStatus().getStatusCode());
        assertEquals("Running", text(only(), "laminar.job.to"));
        assertEquals(3L, only().getAttributes().get(AttributeKey.longKey("laminar.pipeline.version")));
        assertEquals(List.of(), ended);
    }

    @Test
    void aStartThatFailsSaysWhy() {
        steps.moved(job, new io.laminar.server.job.JobState.Created(), new Scheduling());
        steps.failed(job, "no such topic");
        steps.moved(job, new Scheduling(), new Failed());
        assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
        assertEquals("failure: no such topic", only().getEvents().get(0).getName());
        assertEquals(List.of("job_1"), ended);
    }

    @Test
    void aFailureIsTheCauseOfTheRecoveryThatFollows() {
        steps.failed(job, "a worker is gone");
        steps.moved(job, new Running(), new Recovering());
        steps.failed(job, "still gone");
        steps.moved(job, new Recovering(), new Running());
        assertEquals("job recover", only().getName());
        assertEquals("a worker is gone", text(only(), "laminar.cause"));
        assertEquals(StatusCode.OK, only().getStatus().getStatusCode(), "it has been overcome");
        spans.clear();
        steps.moved(job, new Running(), new Recovering());
        steps.moved(job, new Recovering(), new Running());
        assertNull(text(only(), "laminar.cause"), "the cause was that of the one before");
    }

    @Test
    void whatGoesOnWithoutAStepBeforeItIsFollowed() {
        // A server that was killed while a job recovered finds it recovering.
        steps.moved(job, new Recovering(), new Recovering());
        steps.moved(job, new Recovering(), new Running());
        assertEquals("job recover", only().getName());
    }

    @Test
    void aRescaleThatFailsStaysAnError() {
        steps.moved(job, new Running(), new Rescaling());
        steps.failed(job, "no slots");
        steps.moved(job, new Rescaling(), new Running());
        assertEquals("job rescale", only().getName());
        assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
        assertEquals("no slots", only().getStatus().getDescription());
    }

    @Test
    void aHarderStopIsTheSameSpan() {
        steps.moved(job, new Running(), new Stopping(StopMode.GRACEFUL));
        steps.moved(job, new Stopping(StopMode.GRACEFUL), new Stopping(StopMode.IMMEDIATE));
        steps.moved(job, new Stopping(StopMode.IMMEDIATE), new Stopped());
        assertEquals("job stop", only().getName());
        assertEquals("immediate", text(only(), "laminar.stop.mode"));
        assertEquals("Running", text(only(), "laminar.job.from"));
        assertEquals("Stopped", text(only(), "laminar.job.to"));
        assertEquals(List.of("job_1"), ended);
    }

    @Test
    void anEndThatNobodyAskedForIsASpanToo() {
        steps.failed(job, "the disk is full");
        steps.moved(job, new Running(), new Failed());
        assertEquals("job end", only().getName());
        assertEquals(StatusCode.ERROR, only().getStatus().getStatusCode());
        spans.clear();
        steps.moved(job, new Running(), new Finished());
        assertEquals("job end", only().getName());
        assertTrue(only().getStatus().getStatusCode() != StatusCode.ERROR);
    }

    @Test
    void whatGoesOnWhenTheServerEndsIsSent() {
        steps.moved(job, new Running(), new Stopping(StopMode.GRACEFUL));
        steps.close();
        assertEquals("job stop", only().getName());
        assertNull(text(only(), "laminar.job.to"));
    }
}
