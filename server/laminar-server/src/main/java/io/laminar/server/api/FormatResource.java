package io.laminar.server.api;

import java.util.List;

/**
 * A format of records or files.
 */
public record FormatResource(String name, List<OptionResource> options) {}
