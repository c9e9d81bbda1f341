package io.laminar.server.api;

import java.util.List;
import java.util.Map;

/**
 * Columns that were found out.
 *
 * @param options that the format needs
 * @param notes what else was decided
 * @param definition a {@code CREATE TABLE} to complete with a connector
 */
public record InferredResource(
        String format, List<Column> columns, Map<String, String> options, List<String> notes, String definition) {

    /** @param reason why it is what it is */
    public record Column(String name, String type, boolean nullable, String reason) {}
}
