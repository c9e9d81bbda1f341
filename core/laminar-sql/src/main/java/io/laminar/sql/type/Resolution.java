package io.laminar.sql.type;

import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * An operation with its types.
 *
 * @param parameters the types the operands have to be cast to, in the order of the operation
 * @param swapped whether the operation takes the two operands the other way round
 */
public record Resolution(List<DataType> parameters, DataType result, boolean swapped) {
    public Resolution {
        parameters = List.copyOf(parameters);
    }

    static Resolution of(DataType result, DataType... parameters) {
        return new Resolution(List.of(parameters), result, false);
    }
}
