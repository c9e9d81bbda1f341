package io.laminar.server.api;

import org.jspecify.annotations.Nullable;

/**
 * What columns are found out of: a sample, a schema or a subject of a registry.
 *
 * @param table name for the table that is proposed; {@code t} if not given
 * @param format of the sample or schema
 * @param sample its start, as text
 * @param sampleBase64 its start, for formats that are no text
 * @param schema the text of a schema
 * @param profile name of the profile with the registry
 * @param subject of the registry
 */
public record InferSchema(
        @Nullable String table,
        @Nullable String format,
        @Nullable String sample,
        @Nullable String sampleBase64,
        @Nullable String schema,
        @Nullable String profile,
        @Nullable String subject) {}
