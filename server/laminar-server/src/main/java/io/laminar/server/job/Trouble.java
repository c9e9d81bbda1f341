package io.laminar.server.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.laminar.flink.runtime.JobFailure;
import io.laminar.spi.error.ErrorCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The last failure of a job, as far as the next one is judged by it.
 *
 * @param time in milliseconds since 1970
 * @param stage null if it is not known
 * @param checkpoints that the job on the cluster had completed until then
 * @param inVain starts since the last progress, or since the first failure
 */
record Trouble(
        long time, @Nullable ErrorCode code, @Nullable String stage, long checkpoints, long inVain) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    static Trouble of(JobFailure failure, long checkpoints, long inVain) {
        return new Trouble(failure.time(), failure.code(), failure.stage(), checkpoints, inVain);
    }

    /** @param json null for none */
    static @Nullable Trouble read(@Nullable String json) {
        try {
            return json == null ? null : MAPPER.readValue(json, Trouble.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what a job in the store has met", e);
        }
    }

    String json() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether another failure is the same. Which subtask it is may change: parts of the input go to whoever asks first. */
    boolean isLike(JobFailure other) {
        return code == other.code() && Objects.equals(stage, other.stage());
    }
}
