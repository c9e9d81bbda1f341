package io.laminar.server.http;

import io.laminar.metadata.Metadata;
import io.laminar.server.access.Access;
import io.laminar.server.connection.Probing;
import io.laminar.server.connection.ProfileService;
import io.laminar.server.connection.SchemaService;
import io.laminar.server.connection.TableService;
import io.laminar.server.function.FunctionService;
import io.laminar.server.job.JobService;
import io.laminar.server.pipeline.PipelineService;
import io.laminar.server.pipeline.PreviewService;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.server.reference.HealthChecks;
import io.laminar.server.reference.Reference;
import io.laminar.server.telemetry.PrometheusPage;

/** What the routes call. */
public record ServerParts(
        Metadata metadata,
        Access access,
        HealthChecks health,
        Reference reference,
        ProfileService profiles,
        TableService tables,
        Probing probing,
        SchemaService schemas,
        FunctionService functions,
        PipelineService pipelines,
        PreviewService previews,
        JobService jobs,
        PrometheusPage prometheus,
        QueryPlanner planner) {

    /** Nothing to call: routes only look at their parts when they answer. */
    @SuppressWarnings("NullAway")
    static final ServerParts NONE =
            new ServerParts(null, null, null, null, null, null, null, null, null, null, null, null, null, null);
}
