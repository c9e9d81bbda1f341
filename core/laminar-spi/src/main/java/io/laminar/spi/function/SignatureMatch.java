package io.laminar.spi.function;

import io.laminar.spi.type.DataType;
import java.util.List;

/**
 * A signature bound to the types of actual arguments.
 *
 * @param parameters the types the arguments have to be cast to, one for each argument
 * @param cost how far the arguments had to be widened; 0 when every type is met exactly. The overload with the least
 *     cost is called, of equals the one declared first
 */
public record SignatureMatch(Signature signature, List<DataType> parameters, DataType result, int cost) {}
