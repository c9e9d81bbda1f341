package io.laminar.server.pipeline;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a pipeline is run, beside its query. Kept in the store as JSON.
 *
 * @param parallelism subtasks of every operator; null for what the query sets
 * @param operators subtasks of single operators, by name or id
 * @param checkpointIntervalMicros null for what the query sets
 * @param epoch number of the folder with its state; another one is a beginning without state
 * @param from savepoint that the epoch starts from; null for none
 * @param dropsStateAt version of the query that may drop state of operators it does not have; 0 for none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record RunSettings(
        @Nullable Integer parallelism,
        Map<String, Integer> operators,
        @Nullable Long checkpointIntervalMicros,
        int epoch,
        @Nullable String from,
        long dropsStateAt) {
    static final int MOST_PARALLELISM = 128;
    private static final long LEAST_INTERVAL_MICROS = 10_000;
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    RunSettings {
        operators = Map.copyOf(operators);
        if (parallelism != null) {
            checkParallelism(parallelism);
        }
        operators.values().forEach(RunSettings::checkParallelism);
        if (checkpointIntervalMicros != null && checkpointIntervalMicros < LEAST_INTERVAL_MICROS) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "checkpoint_interval_micros is at least " + LEAST_INTERVAL_MICROS + ", not "
                            + checkpointIntervalMicros);
        }
    }

    private static void checkParallelism(int parallelism) {
        if (parallelism < 1 || parallelism > MOST_PARALLELISM) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "parallelism is a number from 1 to " + MOST_PARALLELISM + ", not " + parallelism);
        }
    }

    static RunSettings of(@Nullable Integer parallelism, @Nullable Long checkpointIntervalMicros) {
        return new RunSettings(parallelism, Map.of(), checkpointIntervalMicros, 1, null, 0);
    }

    static RunSettings read(String json) {
        try {
            return MAPPER.readValue(json, RunSettings.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the settings of a pipeline in the store", e);
        }
    }

    String write() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** As values of SET, which those in the query come before. */
    Map<String, String> asSettings() {
        Map<String, String> settings = new HashMap<>();
        if (parallelism != null) {
            settings.put("parallelism", String.valueOf(parallelism));
        }
        return settings;
    }

    RunSettings withParallelism(@Nullable Integer everywhere, Map<String, Integer> single) {
        return new RunSettings(everywhere, single, checkpointIntervalMicros, epoch, from, dropsStateAt);
    }

    RunSettings withCheckpointInterval(long micros) {
        return new RunSettings(parallelism, operators, micros, epoch, from, dropsStateAt);
    }

    /** @param savepoint null to begin without state */
    RunSettings beginningAnew(@Nullable String savepoint) {
        return new RunSettings(parallelism, operators, checkpointIntervalMicros, epoch + 1, savepoint, dropsStateAt);
    }

    RunSettings droppingStateAt(long version) {
        return new RunSettings(parallelism, operators, checkpointIntervalMicros, epoch, from, version);
    }
}
