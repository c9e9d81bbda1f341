package io.laminar.flink.scale;

import io.laminar.plan.PipelineSettings;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import io.laminar.spi.option.Option;
import io.laminar.spi.option.OptionValues;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What the autoscaler may do.
 *
 * @param min fewest subtasks of a stage
 * @param max most subtasks of a stage
 * @param target share of the time a subtask should be busy, above 0 and below 1
 * @param interval between two looks at a job
 * @param pause after a change, in which the job settles and nothing is changed
 * @param catchUp how quickly a backlog should be worked off
 */
public record ScalingLimits(int min, int max, double target, Duration interval, Duration pause, Duration catchUp) {
    public ScalingLimits {
        if (min < 1 || max < min || !(target > 0 && target < 1)) {
            throw new IllegalArgumentException("min " + min + ", max " + max + ", target " + target);
        }
    }

    /**
     * What a pipeline's settings say; empty if it is not to be scaled by itself.
     *
     * @throws LaminarException INVALID_OPTION for limits that make no sense
     */
    public static Optional<ScalingLimits> of(PipelineSettings settings) {
        OptionValues values = settings.values();
        if (!values.bool(PipelineSettings.AUTOSCALE)) {
            return Optional.empty();
        }
        int min = number(values, PipelineSettings.AUTOSCALE_MIN, 1, Integer.MAX_VALUE);
        int max = values.has(PipelineSettings.AUTOSCALE_MAX)
                ? number(values, PipelineSettings.AUTOSCALE_MAX, min, Integer.MAX_VALUE)
                : Integer.MAX_VALUE;
        int target = number(values, PipelineSettings.AUTOSCALE_TARGET, 1, 99);
        return Optional.of(new ScalingLimits(
                min,
                max,
                target / 100.0,
                duration(values, PipelineSettings.AUTOSCALE_INTERVAL),
                duration(values, PipelineSettings.AUTOSCALE_PAUSE),
                duration(values, PipelineSettings.AUTOSCALE_CATCH_UP)));
    }

    private static int number(OptionValues values, Option option, int least, int most) {
        long value = values.integer(option);
        if (value < least || value > most) {
            throw new LaminarException(
                    ErrorCode.INVALID_OPTION,
                    "setting '" + option.name() + "' takes a number from " + least
                            + (most == Integer.MAX_VALUE ? " on" : " to " + most) + ", not " + value);
        }
        return (int) value;
    }

    private static Duration duration(OptionValues values, Option option) {
        return Duration.of(Math.max(1000, values.duration(option)), ChronoUnit.MICROS);
    }
}
