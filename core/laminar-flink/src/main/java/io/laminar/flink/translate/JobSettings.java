package io.laminar.flink.translate;

import io.laminar.execution.spill.SpillSettings;
import io.laminar.flink.operator.StateLimits;
import io.laminar.plan.PipelineSettings;
import io.laminar.spi.option.OptionValues;

/**
 * How a plan is laid out over subtasks.
 *
 * @param parallelism subtasks per operator
 * @param maxParallelism number of key groups; fixed for the life of saved state
 * @param chained whether keyed operators run in the thread of their input when there is one subtask only. Saves writing
 *     rows to bytes and back: a count per key and window was 1.2 to 1.4 times as fast as in two threads. Who wants both
 *     cores asks for parallelism 2, which uses them evenly.
 * @param seed of the random numbers of expressions
 * @param limits of the memory that state takes
 */
public record JobSettings(int parallelism, int maxParallelism, boolean chained, long seed, StateLimits limits) {
    public static final int DEFAULT_MAX_PARALLELISM = 128;

    /** Without limits of its own. */
    public JobSettings(int parallelism, int maxParallelism, boolean chained, long seed) {
        this(parallelism, maxParallelism, chained, seed, StateLimits.DEFAULT);
    }

    public JobSettings withParallelism(int replacement) {
        return new JobSettings(replacement, maxParallelism, chained, seed, limits);
    }

    public JobSettings withMaxParallelism(int replacement) {
        return new JobSettings(parallelism, replacement, chained, seed, limits);
    }

    public JobSettings withChained(boolean replacement) {
        return new JobSettings(parallelism, maxParallelism, replacement, seed, limits);
    }

    /** Whether there are no exchanges, so that the job cannot be given more subtasks without another layout. */
    public boolean inOneThread() {
        return chained && parallelism == 1;
    }

    /** The layout a pipeline's settings ask for. */
    public static JobSettings of(PipelineSettings settings, long seed) {
        OptionValues values = settings.values();
        StateLimits limits = new StateLimits(
                values.has(PipelineSettings.STATE_MEMORY) ? values.size(PipelineSettings.STATE_MEMORY) : 0,
                SpillSettings.DEFAULT
                        .withDelay(values.duration(PipelineSettings.SPILL_DELAY))
                        .withFolder(
                                values.has(PipelineSettings.SPILL_FOLDER)
                                        ? values.text(PipelineSettings.SPILL_FOLDER)
                                        : ""));
        return new JobSettings(
                Math.toIntExact(values.integer(PipelineSettings.PARALLELISM)),
                DEFAULT_MAX_PARALLELISM,
                !values.bool(PipelineSettings.AUTOSCALE),
                seed,
                limits);
    }
}
