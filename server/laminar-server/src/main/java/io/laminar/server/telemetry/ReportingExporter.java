package io.laminar.server.telemetry;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log of the server when traces begin to be lost, and when they arrive again; not for every attempt. */
final class ReportingExporter implements SpanExporter {
    private static final Logger LOG = LoggerFactory.getLogger(ReportingExporter.class);
    // The exporter would write to the error stream, which is the terminal of whoever started the server.
    private static final java.util.logging.Logger ITS_OWN = java.util.logging.Logger.getLogger("io.opentelemetry");

    static {
        ITS_OWN.setLevel(java.util.logging.Level.OFF);
    }

    private final SpanExporter exporter;
    private final String endpoint;
    private final AtomicBoolean lost = new AtomicBoolean();

    ReportingExporter(SpanExporter exporter, String endpoint) {
        this.exporter = exporter;
        this.endpoint = endpoint;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
        CompletableResultCode result = exporter.export(spans);
        result.whenComplete(() -> {
            if (!result.isSuccess() && !lost.getAndSet(true)) {
                LOG.warn("traces cannot be sent to {} and are lost", endpoint, result.getFailureThrowable());
            } else if (result.isSuccess() && lost.getAndSet(false)) {
                LOG.warn("traces arrive again at {}", endpoint);
            }
        });
        return result;
    }

    @Override
    public CompletableResultCode flush() {
        return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
        return exporter.shutdown();
    }
}
