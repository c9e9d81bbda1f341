package io.laminar.server.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A connector.
 */
public record ConnectorResource(
        String name,
        String description,
        List<String> uses,
        boolean needsFormat,
        List<OptionResource> options,
        List<String> metadata,
        @Nullable String icon) {}
