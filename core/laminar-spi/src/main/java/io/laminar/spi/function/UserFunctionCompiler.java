package io.laminar.spi.function;

/** Compiles user functions of one language; found by {@link java.util.ServiceLoader}. */
public interface UserFunctionCompiler {

    /** The language as in LANGUAGE, in lower case. */
    String language();

    /**
     * Compiles a function and checks that its methods fit the declaration.
     *
     * @throws io.laminar.spi.error.LaminarException FUNCTION_NOT_COMPILED with the place in the SQL text
     */
    UserFunction compile(UserFunctionText text);
}
