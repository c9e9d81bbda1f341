package io.laminar.spi.function;

import java.util.List;

/**
 * A function by its name, with all its overloads.
 *
 * @param examples expressions with the text of their value
 */
public record FunctionDeclaration(
        String name,
        List<String> aliases,
        FunctionKind kind,
        FunctionCategory category,
        List<Signature> signatures,
        Volatility volatility,
        NullHandling nulls,
        String description,
        List<Example> examples) {

    /** @param result the value of the expression as text */
    public record Example(String expression, String result) {}
}
