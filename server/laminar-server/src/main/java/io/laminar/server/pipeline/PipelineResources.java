package io.laminar.server.pipeline;

import io.laminar.metadata.Job;
import io.laminar.metadata.Metadata;
import io.laminar.metadata.Page;
import io.laminar.metadata.Pipeline;
import io.laminar.plan.PipelineSettings;
import io.laminar.plan.StreamPlan;
import io.laminar.server.api.Collection;
import io.laminar.server.api.ErrorAnswer.Problem;
import io.laminar.server.api.GraphResource;
import io.laminar.server.api.PipelineResource;
import io.laminar.server.job.JobResources;
import io.laminar.server.planning.QueryPlanner;
import io.laminar.spi.error.LaminarException;
import io.laminar.sql.PipelineErrors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pipelines as the API shows them. */
final class PipelineResources {
    /** The state of a pipeline without a job. */
    static final String NEVER_RAN = "Created";

    private static final int KEPT_PLANS = 2_000;

    private final Metadata metadata;
    private final QueryPlanner planner;
    private final Map<String, Shown> plans = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Shown> eldest) {
            return size() > KEPT_PLANS;
        }
    };

    /** What is shown of a plan. */
    private record Shown(@Nullable GraphResource graph, int parallelism, long interval) {}

    PipelineResources(Metadata metadata, QueryPlanner planner) {
        this.metadata = metadata;
        this.planner = planner;
    }

    /** With its graph. */
    PipelineResource whole(Pipeline pipeline) {
        List<String> functions =
                metadata.pipelines().functions(List.of(pipeline.id())).getOrDefault(pipeline.id(), List.of());
        return resource(pipeline, metadata.jobs().last(pipeline.id()).orElse(null), functions, shown(pipeline));
    }

    /** Without graphs. */
    Collection<PipelineResource> page(Page<Pipeline> page) {
        List<String> ids = page.data().stream().map(Pipeline::id).toList();
        Map<String, Job> jobs = metadata.jobs().last(ids);
        Map<String, List<String>> functions = metadata.pipelines().functions(ids);
        return Collection.of(
                page,
                pipeline -> resource(
                        pipeline, jobs.get(pipeline.id()), functions.getOrDefault(pipeline.id(), List.of()), null));
    }

    private static PipelineResource resource(
            Pipeline pipeline, @Nullable Job job, List<String> functions, @Nullable Shown shown) {
        RunSettings settings = RunSettings.read(pipeline.settings());
        Integer parallelism = settings.parallelism();
        Long interval = settings.checkpointIntervalMicros();
        Problem failure = job == null ? null : JobResources.problem(job.failure());
        boolean stops = job != null && job.state().equals("Stopping");
        return new PipelineResource(
                pipeline.id(),
                pipeline.name(),
                pipeline.query(),
                functions,
                parallelism != null ? parallelism : shown != null ? shown.parallelism() : 1,
                settings.operators(),
                interval != null
                        ? interval
                        : shown != null
                                ? shown.interval()
                                : PipelineSettings.DEFAULTS.values().duration(PipelineSettings.CHECKPOINT_INTERVAL),
                stops ? "stopping" : pipeline.runs() || job == null ? "none" : "checkpoint",
                job == null ? NEVER_RAN : job.state(),
                job == null ? "has not run yet" : JobResources.action(job),
                job == null ? null : job.id(),
                failure,
                shown == null ? null : shown.graph(),
                false,
                pipeline.created(),
                pipeline.updated(),
                pipeline.version());
    }

    /** Takes note of the plan of a pipeline, which need not be made again to show it. */
    void planned(Pipeline pipeline, StreamPlan plan) {
        keep(key(pipeline), shown(plan));
    }

    private static String key(Pipeline pipeline) {
        return pipeline.id() + "/" + pipeline.version() + "/" + pipeline.settings();
    }

    private void keep(String key, Shown shown) {
        synchronized (plans) {
            plans.put(key, shown);
        }
    }

    private static Shown shown(StreamPlan plan) {
        return new Shown(
                QueryPlanner.graph(plan),
                (int) plan.settings().values().integer(PipelineSettings.PARALLELISM),
                plan.settings().values().duration(PipelineSettings.CHECKPOINT_INTERVAL));
    }

    private Shown shown(Pipeline pipeline) {
        String key = key(pipeline);
        synchronized (plans) {
            Shown known = plans.get(key);
            if (known != null) {
                return known;
            }
        }
        try {
            Shown shown = shown(planner.compile(
                            pipeline.query(),
                            RunSettings.read(pipeline.settings()).asSettings())
                    .plan());
            keep(key, shown);
            return shown;
        } catch (PipelineErrors | LaminarException e) {
            // What it names has changed: that is told when it is started.
            return new Shown(
                    null, 1, PipelineSettings.DEFAULTS.values().duration(PipelineSettings.CHECKPOINT_INTERVAL));
        }
    }
}
