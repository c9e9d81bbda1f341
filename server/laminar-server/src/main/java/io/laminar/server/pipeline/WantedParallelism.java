package io.laminar.server.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import io.laminar.flink.scale.Parallelisms;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of subtasks that somebody asks for.
 *
 * @param everywhere null to leave it as it is
 * @param operators by name or id
 */
record WantedParallelism(@Nullable Integer everywhere, Map<String, Integer> operators) {

    /**
     * @param json a number, or an object from operators to numbers; null for no wish
     * @throws LaminarException INVALID_REQUEST
     */
    static WantedParallelism of(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return new WantedParallelism(null, Map.of());
        } else if (json.isObject()) {
            Map<String, Integer> operators = new HashMap<>();
            json.properties().forEach(entry -> operators.put(entry.getKey(), number(entry.getValue())));
            return new WantedParallelism(null, operators);
        }
        return new WantedParallelism(number(json), Map.of());
    }

    private static int number(JsonNode json) {
        if (!json.isInt() || json.intValue() < 1 || json.intValue() > RunSettings.MOST_PARALLELISM) {
            throw new LaminarException(
                    ErrorCode.INVALID_REQUEST,
                    "parallelism is a number from 1 to " + RunSettings.MOST_PARALLELISM
                            + ", or an object from operators to such numbers");
        }
        return json.intValue();
    }

    boolean isGiven() {
        return everywhere != null || !operators.isEmpty();
    }

    Parallelisms parallelisms() {
        return new Parallelisms(everywhere, operators);
    }

    /** The settings with what is wished for; a number for everything replaces those of single operators. */
    RunSettings in(RunSettings settings) {
        if (everywhere != null) {
            return settings.withParallelism(everywhere, Map.of());
        } else if (operators.isEmpty()) {
            return settings;
        }
        Map<String, Integer> all = new HashMap<>(settings.operators());
        all.putAll(operators);
        return settings.withParallelism(settings.parallelism(), all);
    }
}
