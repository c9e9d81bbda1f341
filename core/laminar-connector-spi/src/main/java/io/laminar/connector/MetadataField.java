package io.laminar.connector;

import io.laminar.spi.type.DataType;

/** Something a connector knows of a record beside its content, for example the file it is from. */
public record MetadataField(String key, DataType type, String description) {}
