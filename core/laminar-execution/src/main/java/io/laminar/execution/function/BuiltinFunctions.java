package io.laminar.execution.function;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionProvider;
import java.util.List;

/** The functions that come with Laminar. */
public final class BuiltinFunctions implements FunctionProvider {
    /** Every class with {@link io.laminar.spi.function.SqlFunction} methods. */
    static final List<Class<?>> CLASSES = List.of();

    @Override
    public List<FunctionDeclaration> functions() {
        return FunctionRegistry.builtin().declarations();
    }
}
