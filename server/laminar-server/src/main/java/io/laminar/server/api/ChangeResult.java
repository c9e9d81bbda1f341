package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * What became of a change.
 *
 * @param dryRun whether nothing was changed
 * @param stateReport what it means for the state; only if the query changes
 */
public record ChangeResult(
        PipelineResource pipeline, boolean dryRun, @Nullable StateReportResource stateReport) {}
