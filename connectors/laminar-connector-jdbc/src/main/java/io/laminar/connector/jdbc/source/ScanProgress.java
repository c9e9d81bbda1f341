package io.laminar.connector.jdbc.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is left to be given out.
 *
 * @param waiting null before the table has been cut into splits
 */
public record ScanProgress(@Nullable List<ScanSplit> waiting) {}
