package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * A query to preview.
 *
 * @param limit of rows; 1000 if not given
 * @param seconds it runs at most; 60 if not given
 * @param enableSinks whether tables are really written to; they are not if not given
 */
public record NewPreview(
        String query,
        @Nullable Integer limit,
        @Nullable Integer seconds,
        @Nullable Boolean enableSinks) {}
