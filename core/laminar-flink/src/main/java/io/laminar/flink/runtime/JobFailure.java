package io.laminar.flink.runtime;

/**
 * A failure from which a job starts again.
 *
 * @param time in milliseconds since 1970, which tells it from another
 */
public record JobFailure(long time, String reason) {}
