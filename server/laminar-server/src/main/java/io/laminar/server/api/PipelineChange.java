package io.laminar.server.api;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What to change of a pipeline; what is not given stays.
 *
 * @param parallelism a number, or a map from operators to numbers
 * @param stop {@code none} starts it, a mode stops it
 * @param query another query
 * @param version the one that is changed; refused if there is another by now
 * @param dropState whether state that the new query has no use for may go
 */
public record PipelineChange(
        @Nullable JsonNode parallelism,
        @Nullable Long checkpointIntervalMicros,
        @Nullable String stop,
        @Nullable String query,
        @Nullable Long version,
        @Nullable Boolean dropState) {}
