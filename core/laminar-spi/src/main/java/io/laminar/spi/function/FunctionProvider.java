package io.laminar.spi.function;

import java.util.List;

/** Brings functions; found by {@link java.util.ServiceLoader}. */
public interface FunctionProvider {
    List<FunctionDeclaration> functions();
}
