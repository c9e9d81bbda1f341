package io.laminar.spi.type;

import java.io.Serializable;

/** A named, typed column of a schema or member of a struct. */
public record Field(String name, DataType type, boolean nullable) implements Serializable {
    public Field(String name, DataType type) {
        this(name, type, true);
    }
}
