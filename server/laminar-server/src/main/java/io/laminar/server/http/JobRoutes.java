package io.laminar.server.http;

import io.laminar.metadata.Job;
import io.laminar.server.api.CheckpointResource;
import io.laminar.server.api.Collection;
import io.laminar.server.api.JobErrorResource;
import io.laminar.server.api.JobEventResource;
import io.laminar.server.api.JobMetricsResource;
import io.laminar.server.api.JobResource;
import io.laminar.server.api.LogLineResource;
import io.laminar.server.api.MetricGroupsResource;
import io.laminar.server.api.OperatorMetricsResource;
import io.laminar.server.api.OutputPage;
import io.laminar.server.api.PipelineResource;
import io.laminar.server.api.Rescale;
import io.laminar.server.api.RestartPipeline;
import io.laminar.server.api.SavepointResource;
import io.laminar.server.api.SavepointWish;
import io.laminar.server.api.StopPipeline;
import io.laminar.server.job.JobResources;
import io.laminar.server.job.Output;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.ArrayList;
import java.util.List;

/** Jobs, at {@code /jobs/{id}} and, the same, below their pipelines. */
final class JobRoutes {
    private static final String ALONE = "/jobs/{id}";
    private static final String OF_PIPELINE = "/pipelines/{id}/jobs/{job_id}";
    private static final int MOST_LINES = 1000;
    private static final int MOST_ROWS = 1000;

    private final ServerParts parts;

    JobRoutes(ServerParts parts) {
        this.parts = parts;
    }

    List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(Route.get("/jobs", "Lists the jobs of all pipelines.")
                .query("state", "string", "Only those in this state.")
                .givesPages(JobResource.class)
                .does(this::list));
        routes.add(Route.get("/pipelines/{id}/jobs", "Lists the jobs of a pipeline.")
                .givesPages(JobResource.class)
                .does(call -> parts.jobs()
                        .ofPipeline(parts.metadata().pipelines().get(call.id()).id(), call.page())));
        routes.addAll(ofJob(ALONE, call -> parts.jobs().get(call.id())));
        routes.addAll(ofJob(OF_PIPELINE, this::ofPipeline));
        return routes;
    }

    private Collection<JobResource> list(Call call) {
        String state = call.query("state").orElse(null);
        return state == null ? parts.jobs().page(call.page()) : parts.jobs().inState(state, call.page());
    }

    private Job ofPipeline(Call call) {
        Job job = parts.jobs().get(call.path("job_id"));
        if (!job.pipeline().equals(call.id())) {
            throw new LaminarException(
                    ErrorCode.NOT_FOUND, "the pipeline '" + call.id() + "' has no job '" + job.id() + "'");
        }
        return job;
    }

    /** Finds the job that a call is about. */
    private interface JobOf {
        Job job(Call call);
    }

    private List<Route> ofJob(String base, JobOf of) {
        return List.of(
                Route.get(base, "Shows a job.").gives(JobResource.class).does(call -> JobResources.of(of.job(call))),
                Route.get(base + "/metrics", "Tells what a job does, and each of its operators.")
                        .gives(JobMetricsResource.class)
                        .does(call -> parts.jobs().metrics(of.job(call).id())),
                Route.get(
                                base + "/operators/{operator}/metrics",
                                "Tells what an operator does, and each subtask of it.")
                        .gives(OperatorMetricsResource.class)
                        .does(call -> parts.jobs().metrics(of.job(call).id(), call.path("operator"))),
                Route.get(base + "/metric_groups", "Tells what the operators did in the last minutes, as series.")
                        .gives(MetricGroupsResource.class)
                        .does(call -> parts.jobs().groups(of.job(call).id())),
                Route.get(base + "/checkpoints", "Lists the last checkpoints of a job.")
                        .givesAll(CheckpointResource.class)
                        .does(call -> parts.jobs().checkpoints(of.job(call).id())),
                Route.get(base + "/checkpoints/{checkpoint}", "Shows a checkpoint, with the part of every subtask.")
                        .gives(CheckpointResource.class)
                        .does(call -> parts.jobs().checkpoint(of.job(call).id(), call.path("checkpoint"))),
                Route.get(base + "/errors", "Lists what went wrong in a job.")
                        .givesPages(JobErrorResource.class)
                        .does(call -> parts.jobs().errors(of.job(call).id(), call.page())),
                Route.get(base + "/events", "Lists what happened to a job: states, errors, decisions to scale it.")
                        .givesPages(JobEventResource.class)
                        .does(call -> parts.jobs().events(of.job(call).id(), call.page())),
                Route.get(base + "/logs", "Lists the last lines of a job's log.")
                        .query("lines", "integer", "How many, 1 to " + MOST_LINES + "; 100 if not given.")
                        .query("level", "string", "What matters less is left out: debug, info, warn or error.")
                        .givesAll(LogLineResource.class)
                        .does(call -> parts.jobs()
                                .logs(
                                        of.job(call).id(),
                                        call.number("lines", 100, 1, MOST_LINES),
                                        call.query("level").orElse("info"))),
                Route.get(base + "/output", "Gives the rows that a job shows, in pages or as they come.")
                        .query("after", "integer", "Number of the last row that was read.")
                        .query("limit", "integer", "How many at most, 1 to " + MOST_ROWS + "; 100 if not given.")
                        .gives(OutputPage.class)
                        .streams(OutputPage.class, Route.Events.ON_REQUEST)
                        .does(call -> output(of.job(call), call)),
                Route.post(base + "/stop", "Stops a job, and its pipeline with it.")
                        .takes(StopPipeline.class)
                        .begins(PipelineResource.class)
                        .does(call ->
                                parts.pipelines().stop(latest(of.job(call)).pipeline(), call.body(StopPipeline.class))),
                Route.post(base + "/restart", "Stops a job, and starts its pipeline again with another.")
                        .takes(RestartPipeline.class)
                        .begins(PipelineResource.class)
                        .does(call -> parts.pipelines()
                                .restart(latest(of.job(call)).pipeline(), call.body(RestartPipeline.class))),
                Route.post(base + "/savepoint", "Takes a savepoint, which stays until somebody deletes it.")
                        .takes(SavepointWish.class)
                        .creates(SavepointResource.class)
                        .does(call -> parts.jobs()
                                .savepoint(
                                        of.job(call).id(),
                                        call.body(SavepointWish.class).folder())),
                Route.post(base + "/rescale", "Gives operators other numbers of subtasks.")
                        .takes(Rescale.class)
                        .begins(PipelineResource.class)
                        .does(call -> parts.pipelines()
                                .rescale(
                                        latest(of.job(call)).pipeline(),
                                        call.body(Rescale.class).parallelism())));
    }

    /** What is done with a pipeline is done through its latest job. */
    private Job latest(Job job) {
        if (!parts.metadata()
                .jobs()
                .last(job.pipeline())
                .filter(last -> last.id().equals(job.id()))
                .isPresent()) {
            throw new LaminarException(
                    ErrorCode.WRONG_STATE, "the job has ended, and its pipeline has another", "take the latest job");
        }
        return job;
    }

    private Object output(Job job, Call call) {
        int after = call.number("after", 0, 0, Integer.MAX_VALUE);
        return call.wantsEvents()
                ? Output.stream(parts.jobs().output(job.id()), after)
                : Output.page(parts.jobs().output(job.id()), after, call.number("limit", 100, 1, MOST_ROWS));
    }
}
