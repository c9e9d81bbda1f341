package io.laminar.spi.infer;

import io.laminar.spi.type.DataType;
import io.laminar.spi.type.Field;

/**
 * A column and why it is what it is.
 *
 * @param reason for people, for example {@code 3 of 100 values have decimals}
 */
public record InferredColumn(Field field, String reason) {
    public InferredColumn(String name, DataType type, boolean nullable, String reason) {
        this(new Field(name, type, nullable), reason);
    }
}
