package io.laminar.server.job;

import io.laminar.flink.runtime.Checkpoint;
import io.laminar.flink.runtime.CheckpointDetails;
import io.laminar.server.api.CheckpointResource;
import io.laminar.server.api.CheckpointResource.StageResource;
import io.laminar.server.api.CheckpointResource.SubtaskResource;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Checkpoints as the API shows them. */
public final class CheckpointResources {
    private static final String PREFIX = "chk_";

    private CheckpointResources() {}

    /** The number of a checkpoint in its job; -1 if that is no id. */
    public static long number(String id) {
        return id.matches("chk_\\d{1,18}") ? Long.parseLong(id.substring(PREFIX.length())) : -1;
    }

    public static CheckpointResource of(Checkpoint checkpoint) {
        return of(checkpoint, null);
    }

    public static CheckpointResource of(CheckpointDetails details) {
        return of(
                details.checkpoint(),
                details.stages().stream().map(CheckpointResources::stage).toList());
    }

    private static CheckpointResource of(Checkpoint checkpoint, @Nullable List<StageResource> stages) {
        return new CheckpointResource(
                PREFIX + checkpoint.id(),
                checkpoint.kind().name().toLowerCase(Locale.ROOT),
                checkpoint.state().name().toLowerCase(Locale.ROOT),
                checkpoint.started(),
                FigureResources.micros(checkpoint.duration()),
                checkpoint.bytes(),
                checkpoint.newBytes(),
                checkpoint.tasks(),
                checkpoint.done(),
                checkpoint.path(),
                checkpoint.failure(),
                stages);
    }

    private static StageResource stage(CheckpointDetails.OfStage stage) {
        return new StageResource(
                stage.name(),
                stage.operators(),
                stage.bytes(),
                stage.newBytes(),
                stage.subtasks().stream()
                        .map(one -> new SubtaskResource(
                                one.subtask(),
                                one.bytes(),
                                one.newBytes(),
                                micros(one.duration()),
                                micros(one.sync()),
                                micros(one.async()),
                                micros(one.alignment())))
                        .toList());
    }

    private static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : FigureResources.micros(duration);
    }
}
