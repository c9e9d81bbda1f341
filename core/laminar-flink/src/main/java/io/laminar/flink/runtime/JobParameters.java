package io.laminar.flink.runtime;

import io.laminar.spi.error.ErrorCode;
import io.laminar.spi.error.LaminarException;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/** What a job tells of its layout to whoever finds it on a cluster: Flink shows these with the job. */
final class JobParameters {
    private static final String SINGLES = "laminar.single";
    private static final String SAVEPOINTS = "laminar.savepoints";
    private static final String IN_ONE_THREAD = "laminar.in-one-thread";

    private JobParameters() {}

    /** @param savepoints where its savepoints go; null if it keeps no state */
    static Configuration of(Set<String> singles, boolean inOneThread, @Nullable String savepoints) {
        Configuration parameters = new Configuration();
        parameters.setString(SINGLES, String.join(",", singles));
        parameters.setString(IN_ONE_THREAD, String.valueOf(inOneThread));
        if (savepoints != null) {
            parameters.setString(SAVEPOINTS, savepoints);
        }
        return parameters;
    }

    static @Nullable String savepoints(Map<String, String> parameters) {
        return parameters.get(SAVEPOINTS);
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
