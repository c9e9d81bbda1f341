package io.laminar.server.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator, or a subtask of it, does.
 *
 * @param rowsIn rows that came in since the start, of a source rows read
 * @param rowsOut rows handed on, of a sink rows written
 * @param bytesIn of the rows that came in, as columns in memory
 * @param busy share of the time with work to do, 0 to 1
 * @param backpressured share of the time waiting for those behind to take rows
 * @param watermark event time it has reached; none before the first and after the last
 * @param watermarkLagMicros how far that is behind the clock
 * @param sourceLag records that wait outside; none if the connector does not know
 * @param latencyP50Micros from event time to the sink; none if no row came lately
 */
public record FiguresResource(
        long rowsIn,
        long rowsOut,
        long bytesIn,
        long bytesOut,
        double rowsInPerSecond,
        double rowsOutPerSecond,
        double bytesInPerSecond,
        double bytesOutPerSecond,
        double busy,
        double backpressured,
        double idle,
        @Nullable Instant watermark,
        @Nullable Long watermarkLagMicros,
        @Nullable Long sourceLag,
        long stateBytes,
        long spilledBytes,
        long lateRows,
        long badRows,
        @Nullable Long latencyP50Micros,
        @Nullable Long latencyP95Micros,
        @Nullable Long latencyP99Micros) {}
