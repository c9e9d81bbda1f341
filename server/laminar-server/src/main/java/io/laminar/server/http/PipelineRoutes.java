package io.laminar.server.http;

import io.laminar.server.api.ChangeResult;
import io.laminar.server.api.Collection;
import io.laminar.server.api.NewPipeline;
import io.laminar.server.api.NewPreview;
import io.laminar.server.api.OutputRow;
import io.laminar.server.api.PipelineChange;
import io.laminar.server.api.PipelineResource;
import io.laminar.server.api.PipelineVersionResource;
import io.laminar.server.api.QueryText;
import io.laminar.server.api.QueryValidation;
import io.laminar.server.api.RestartPipeline;
import io.laminar.server.api.StartPipeline;
import io.laminar.server.api.StopPipeline;
import java.util.List;
import java.util.Map;

/** Pipelines. */
final class PipelineRoutes {
    private final ServerParts parts;

    PipelineRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        return List.of(
                Route.get("/pipelines", "Lists the pipelines.")
                        .query("name", "string", "What names have to be like, with * for anything.")
                        .query("state", "string", "Only those in this state, such as Running; Created never ran.")
                        .givesPages(PipelineResource.class)
                        .does(this::list),
                Route.post("/pipelines", "Creates a pipeline and, unless told otherwise, starts it.")
                        .takes(NewPipeline.class)
                        .creates(PipelineResource.class)
                        .does(call -> parts.pipelines().create(call.body(NewPipeline.class))),
                Route.post("/pipelines/validate_query", "Says all errors of a query, or how it would run.")
                        .only(io.laminar.server.access.Role.VIEWER)
                        .takes(QueryText.class)
                        .gives(QueryValidation.class)
                        .does(call -> validate(call.body(QueryText.class))),
                Route.post(
                                "/pipelines/preview",
                                "Runs a query for a while and streams its rows: events table, row, end.")
                        .takes(NewPreview.class)
                        .streams(OutputRow.class, Route.Events.ALWAYS)
                        .does(call -> parts.previews().start(call.body(NewPreview.class))),
                Route.get("/pipelines/{id}", "Shows a pipeline with its graph.")
                        .gives(PipelineResource.class)
                        .does(call -> parts.pipelines().get(call.id())),
                Route.patch("/pipelines/{id}", "Changes a pipeline.")
                        .query("dry_run", "boolean", "Only says what would be.")
                        .takes(PipelineChange.class)
                        .gives(ChangeResult.class)
                        .does(call -> parts.pipelines()
                                .change(call.id(), call.body(PipelineChange.class), call.flag("dry_run"))),
                Route.delete("/pipelines/{id}", "Deletes a pipeline that does not run, with its jobs and its state.")
                        .does(call -> {
                            parts.pipelines().delete(call.id());
                            return null;
                        }),
                Route.post("/pipelines/{id}/start", "Starts a pipeline.")
                        .takes(StartPipeline.class)
                        .begins(PipelineResource.class)
                        .does(call -> parts.pipelines().start(call.id(), call.body(StartPipeline.class))),
                Route.post("/pipelines/{id}/stop", "Stops a pipeline.")
                        .takes(StopPipeline.class)
                        .begins(PipelineResource.class)
                        .does(call -> parts.pipelines().stop(call.id(), call.body(StopPipeline.class))),
                Route.post("/pipelines/{id}/restart", "Stops a pipeline, if it runs, and starts it.")
                        .takes(RestartPipeline.class)
                        .begins(PipelineResource.class)
                        .does(call -> parts.pipelines().restart(call.id(), call.body(RestartPipeline.class))),
                Route.get("/pipelines/{id}/versions", "Lists the queries a pipeline has had.")
                        .givesAll(PipelineVersionResource.class)
                        .does(call -> parts.pipelines().versions(call.id())));
    }

    private Collection<PipelineResource> list(Call call) {
        String state = call.query("state").orElse(null);
        return state == null
                ? parts.pipelines().page(call.page())
                : parts.pipelines().inState(state, call.page());
    }

    private QueryValidation validate(QueryText text) {
        Integer parallelism = text.parallelism();
        return parts.planner()
                .validate(
                        text.query(),
                        parallelism == null ? Map.of() : Map.of("parallelism", String.valueOf(parallelism)));
    }
}
