package io.laminar.server.telemetry;

import io.laminar.metadata.Job;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Pipeline;
import io.laminar.server.job.JobObserver;
import io.laminar.server.job.JobRecords;
import io.laminar.server.job.JobState;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends the life of jobs and their checkpoints as OpenTelemetry traces, over HTTP, in the background. */
public final class Traces implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Traces.class);
    private static final Duration SEND = Duration.ofSeconds(1);
    private static final long LOOK_MILLIS = 1000;
    private static final long CLOSE_SECONDS = 5;

    private final Metadata metadata;
    private final SdkTracerProvider provider;
    private final JobSteps steps;
    private final CheckpointSpans checkpoints;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "traces");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable JobRecords records;

    private Traces(Metadata metadata, SpanExporter exporter, String version) {
        this.metadata = metadata;
        this.provider = SdkTracerProvider.builder()
                .setResource(Resource.getDefault()
                        .merge(Resource.create(Attributes.of(
                                AttributeKey.stringKey("service.name"),
                                "laminar",
                                AttributeKey.stringKey("service.version"),
                                version))))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(SEND)
                        .build())
                .build();
        Tracer tracer = provider.get("io.laminar.server", version);
        this.steps = new JobSteps(tracer, this::attributes, this::lookOnce);
        this.checkpoints = new CheckpointSpans(tracer, this::attributes);
    }

    /**
     * Traces that are sent to a collector. One that cannot be reached is no error: spans are dropped, and the log says so.
     *
     * @param endpoint http://host:4318/v1/traces
     * @throws LaminarException USAGE if that is no address
     */
    public static Traces to(String endpoint, Metadata metadata, String version) {
        try {
            SpanExporter exporter =
                    OtlpHttpSpanExporter.builder().setEndpoint(endpoint).build();
            return new Traces(metadata, new ReportingExporter(exporter, endpoint), version);
        } catch (IllegalArgumentException e) {
            throw new LaminarException(
                    ErrorCode.USAGE,
                    "telemetry.otlp_endpoint is no address of HTTP: '" + endpoint + "'",
                    null,
                    "for example http://localhost:4318/v1/traces",
                    e);
        }
    }

    /** Sees the steps of jobs. */
    public JobObserver observer() {
        return steps;
    }

    /** Begins to look for checkpoints. */
    public void watch(JobRecords jobs) {
        records = jobs;
        Future<?> unused =
                looking.scheduleWithFixedDelay(() -> look(jobs), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look(JobRecords jobs) {
        try {
            for (Job job : metadata.jobs().allIn(JobState.NOT_ENDED)) {
                look(job, jobs);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("checkpoints cannot be traced", e);
        }
    }

    private void look(Job job, JobRecords jobs) throws InterruptedException {
        var record = jobs.find(job.id());
        if (record.isPresent()) {
            checkpoints.look(job, record.get().job());
        }
    }

    /** The last checkpoints of a job that has ended. */
    private void lookOnce(Job job) {
        JobRecords jobs = records;
        if (jobs == null || looking.isShutdown()) {
            return;
        }
        looking.execute(() -> {
            try {
                look(job, jobs);
                checkpoints.forget(job);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                LOG.warn("checkpoints cannot be traced", e);
            }
        });
    }

    private JobAttributes attributes(Job job) {
        String name =
                metadata.pipelines().find(job.pipeline()).map(Pipeline::name).orElse("");
        return new JobAttributes(job.id(), job.pipeline(), name, job.version());
    }

    /** Sends what is left, for five seconds at most. */
    @Override
    public void close() {
        looking.shutdown();
        try {
            if (!looking.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
                looking.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        steps.close();
        provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
