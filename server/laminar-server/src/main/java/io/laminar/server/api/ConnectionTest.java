package io.laminar.server.api;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a connection went.
 *
 * @param systems those that answered
 * @param error why it did not work
 */
public record ConnectionTest(
        boolean ok, @Nullable Long latencyMicros, List<SystemResource> systems, ErrorAnswer.@Nullable Problem error) {

    /**
     * An outside system that answered.
     *
     * @param version none if it does not say
     */
    public record SystemResource(String system, @Nullable String version, Map<String, String> details) {}
}
