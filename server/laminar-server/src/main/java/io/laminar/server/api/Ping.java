package io.laminar.server.api;

/**
 * An answer.
 */
public record Ping(String pong) {}
