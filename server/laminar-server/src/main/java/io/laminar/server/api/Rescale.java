package io.laminar.server.api;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Numbers of subtasks.
 *
 * @param parallelism a number, or a map from operators to numbers
 */
public record Rescale(JsonNode parallelism) {}
