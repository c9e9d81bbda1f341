package io.laminar.server.api;

/**
 * How a preview ended.
 *
 * @param reason finished, limit, time or failed
 */
public record PreviewEnd(String reason, long rows) {}
