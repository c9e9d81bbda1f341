package io.laminar.server.api;

import java.util.Map;

/**
 * How the server is.
 *
 * @param status {@code ok} or {@code degraded}
 * @param checks by part: {@code ok}, or what is wrong
 */
public record Health(String status, Map<String, String> checks) {}
