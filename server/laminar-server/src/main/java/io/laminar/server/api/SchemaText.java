package io.laminar.server.api;

/**
 * A schema to look at.
 *
 * @param format avro, json or protobuf
 * @param schema its text
 */
public record SchemaText(String format, String schema) {}
