package io.laminar.flink.runtime;

import io.laminar.flink.metrics.OperatorLayout;
import io.laminar.flink.metrics.PlanOperator;
import io.laminar.flink.translate.JobSettings;
import io.laminar.flink.translate.TranslatedOperators;
import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** What a job tells of itself to whoever finds it on a cluster: Flink shows these with the job. */
final class JobParameters {
    private static final String NAME = "laminar.name";
    private static final String SINGLES = "laminar.single";
    private static final String SAVEPOINTS = "laminar.savepoints";
    private static final String IN_ONE_THREAD = "laminar.in-one-thread";
    private static final String MAX_PARALLELISM = "laminar.max-parallelism";
    private static final String SHOWN = "laminar.shown.";
    private static final String SHOWN_SINGLES = "laminar.shown-single";
    private static final String OPERATOR = "laminar.operator.";

    private JobParameters() {}

    /** @param savepoints where its savepoints go; null if it keeps no state */
    static Configuration of(
            String name, JobSettings settings, TranslatedOperators operators, @Nullable String savepoints) {
        Configuration parameters = new Configuration();
        parameters.setString(NAME, name);
        parameters.setString(SINGLES, String.join(",", operators.singles()));
        parameters.setString(IN_ONE_THREAD, String.valueOf(settings.inOneThread()));
        parameters.setString(MAX_PARALLELISM, String.valueOf(settings.maxParallelism()));
        if (savepoints != null) {
            parameters.setString(SAVEPOINTS, savepoints);
        }
        operators.descriptions().forEach((id, text) -> parameters.setString(OPERATOR + id, text));
        OperatorLayout layout = operators.layout();
        int position = 0;
        for (Map.Entry<String, PlanOperator> shown : layout.operators().entrySet()) {
            parameters.setString(
                    SHOWN + String.format("%05d.", position++) + shown.getKey(),
                    shown.getValue().text());
        }
        parameters.setString(SHOWN_SINGLES, String.join(",", layout.singles()));
        return parameters;
    }

    /** The operators of the plan. */
    static OperatorLayout layout(Map<String, String> parameters) {
        Map<String, PlanOperator> operators = new LinkedHashMap<>();
        new TreeMap<>(parameters).forEach((key, text) -> {
            if (key.startsWith(SHOWN)) {
                operators.put(key.substring(key.lastIndexOf('.') + 1), PlanOperator.parse(text));
            }
        });
        Set<String> singles = Set.of(parameters.getOrDefault(SHOWN_SINGLES, "").split(","));
        return new OperatorLayout(operators, singles, maxParallelism(parameters));
    }

    static String name(Map<String, String> parameters) {
        return parameters.getOrDefault(NAME, "");
    }

    static @Nullable String savepoints(Map<String, String> parameters) {
        return parameters.get(SAVEPOINTS);
    }

    static int maxParallelism(Map<String, String> parameters) {
        return Integer.parseInt(
                parameters.getOrDefault(MAX_PARALLELISM, String.valueOf(JobSettings.DEFAULT_MAX_PARALLELISM)));
    }

    /** What the operators are, by Flink's id. */
    static Map<String, String> operators(Map<String, String> parameters) {
        Map<String, String> operators = new TreeMap<>();
        parameters.forEach((key, text) -> {
            if (key.startsWith(OPERATOR)) {
                operators.put(key.substring(OPERATOR.length()), text);
            }
        });
        return operators;
    }

    /**
     * Ids of the stages that have one subtask at every parallelism.
     *
     * @throws LaminarException RESCALE_REFUSED if the job is laid out for one subtask only
     */
    static Set<String> singles(Map<String, String> parameters) {
        if (Boolean.parseBoolean(parameters.get(IN_ONE_THREAD))) {
            throw new LaminarException(
                    ErrorCode.RESCALE_REFUSED,
                    "the job was started with one subtask, laid out to run in one thread",
                    "stop it and start it again with -p; its state goes along");
        }
        return Set.of(parameters.getOrDefault(SINGLES, "").split(","));
    }
}
