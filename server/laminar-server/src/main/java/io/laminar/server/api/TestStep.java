package io.laminar.server.api;

import java.util.Map;

/**
 * A step of a test that has been done.
 *
 * @param facts what was found
 */
public record TestStep(String step, long latencyMicros, Map<String, String> facts) {}
