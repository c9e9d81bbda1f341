package io.laminar.sql.catalog;

import io.laminar.spi.type.DataType;

/** Something a connector knows of a record beside its content, shown by columns declared {@code METADATA FROM 'key'}. */
public record MetadataColumn(String key, DataType type) {}
