package io.laminar.server.api;

import java.util.List;

/**
 * A connector.
 *
 * @param icon a picture, as SVG
 */
public record ConnectorResource(
        String name,
        String description,
        List<String> uses,
        List<String> capabilities,
        boolean needsFormat,
        List<OptionResource> options,
        List<String> metadata,
        String icon) {}
