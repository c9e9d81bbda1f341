package io.laminar.server.api;

/**
 * A savepoint.
 */
public record SavepointResource(String path) {}
