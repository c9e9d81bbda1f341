package io.laminar.server.api;

import java.util.List;

/**
 * What rows are of.
 */
public record OutputTable(String table, List<ColumnResource> columns) {}
