package io.laminar.server.pipeline;

import io.laminar.flink.operator.BuiltinOperators;
import io.laminar.flink.runtime.JobRequest;
import io.laminar.metadata.Job;
import io.laminar.metadata.Pipeline;
import io.laminar.metadata.PipelineVersion;
import io.laminar.metadata.Pipelines;
import io.laminar.server.job.JobLaunch;
import io.laminar.server.planning.QueryPlanner;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** What Flink is asked to run for a pipeline. */
final class PipelineRequests implements JobLaunch {
    private final Pipelines pipelines;
    private final QueryPlanner planner;
    private final String stateFolder;

    /** @param stateFolder of all pipelines; each has one of its own in it */
    PipelineRequests(Pipelines pipelines, QueryPlanner planner, String stateFolder) {
        this.pipelines = pipelines;
        this.planner = planner;
        this.stateFolder = stateFolder;
    }

    @Override
    public JobRequest request(Job job) {
        Pipeline pipeline = pipelines.get(job.pipeline());
        String query = job.version() == pipeline.version()
                ? pipeline.query()
                : pipelines.versions(pipeline.id()).stream()
                        .filter(version -> version.version() == job.version())
                        .map(PipelineVersion::query)
                        .findFirst()
                        .orElse(pipeline.query());
        RunSettings settings = RunSettings.read(pipeline.settings());
        return request(pipeline, query, settings).droppingState(settings.dropsStateAt() == job.version());
    }

    /** A job of a pipeline with a query that need not be its own. */
    JobRequest request(Pipeline pipeline, String query, RunSettings settings) {
        JobRequest request = JobRequest.of(
                pipeline.name(),
                planner.compile(query, settings.asSettings()).plan(),
                BuiltinOperators.INSTANCE,
                stateFolder(pipeline.id(), settings));
        Long interval = settings.checkpointIntervalMicros();
        if (interval != null) {
            request = request.withCheckpointInterval(Duration.of(interval, ChronoUnit.MICROS));
        }
        Integer parallelism = settings.parallelism();
        if (parallelism != null) {
            request = request.withSettings(request.settings().withParallelism(parallelism));
        }
        // Laid out with exchanges even for one subtask, so that it can be given more while it runs.
        return request.withRestarts(JobRequest.KEEP_TRYING)
                .withSettings(request.settings().withChained(false))
                .withOperators(settings.operators())
                .startingFrom(settings.from());
    }

    @Override
    public String state(Job job) {
        Pipeline pipeline = pipelines.get(job.pipeline());
        return stateFolder(pipeline.id(), RunSettings.read(pipeline.settings()));
    }

    private String stateFolder(String pipeline, RunSettings settings) {
        return stateFolder(pipeline) + "/" + settings.epoch();
    }

    /** Of all epochs of a pipeline. */
    String stateFolder(String pipeline) {
        return stateFolder + "/" + pipeline;
    }
}
