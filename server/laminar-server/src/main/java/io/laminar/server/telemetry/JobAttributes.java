package io.laminar.server.telemetry;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.Tracer;

/** What the spans of a job are found by. */
record JobAttributes(String job, String pipeline, String pipelineName, long version) {

    /** A trace of its own. */
    SpanBuilder span(Tracer tracer, String name) {
        return tracer.spanBuilder(name)
                .setNoParent()
                .setAttribute("laminar.job.id", job)
                .setAttribute("laminar.pipeline.id", pipeline)
                .setAttribute("laminar.pipeline.name", pipelineName)
                .setAttribute("laminar.pipeline.version", version);
    }
}
