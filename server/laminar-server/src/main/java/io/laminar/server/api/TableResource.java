package io.laminar.server.api;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table of an outside system.
 *
 * @param connectionProfile name of the profile it is reached through
 * @param uses what it can be: source, sink, lookup
 * @param definition the {@code CREATE TABLE}
 * @param columns as queries see them
 */
public record TableResource(
        String id,
        String name,
        @Nullable String connectionProfile,
        String connector,
        List<String> uses,
        String definition,
        List<ColumnResource> columns,
        Instant createdAt) {

    public static List<ColumnResource> columns(io.laminar.spi.type.Schema schema) {
        return schema.fields().stream()
                .map(field -> new ColumnResource(field.name(), field.type().sql(), field.nullable()))
                .toList();
    }
}
