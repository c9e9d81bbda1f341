package io.laminar.server.api;

/**
 * What runs.
 */
public record VersionResource(String version, String java, String flink) {}
