package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * How to stop.
 *
 * @param mode checkpoint (if not given), graceful, immediate or force
 */
public record StopPipeline(@Nullable String mode) {}
