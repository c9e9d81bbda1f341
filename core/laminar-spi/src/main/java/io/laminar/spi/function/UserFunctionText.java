package io.laminar.spi.function;

import io.laminar.spi.function.UserFunction.Kind;
import io.laminar.spi.function.UserFunction.Parameter;
import io.laminar.spi.type.DataType;
import java.util.List;
import java.util.UUID;

/**
 * A user function as declared.
 *
 * @param pipeline tells the classes of pipelines apart
 * @param source the program text
 * @param line one-based line of its first character in the SQL text
 * @param column one-based column of that
 */
public record UserFunctionText(
        UUID pipeline,
        String name,
        Kind kind,
        List<Parameter> parameters,
        DataType result,
        AsyncCalls calls,
        String source,
        int line,
        int column) {
    public UserFunctionText {
        parameters = List.copyOf(parameters);
    }
}
