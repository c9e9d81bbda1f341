package io.laminar.spi.function;

/** What a function does with NULL arguments. */
public enum NullHandling {
    /** It is not called: a NULL argument makes the result NULL. */
    RETURNS_NULL,
    /** It is called; its parameters are boxed or nullable. */
    CALLED
}
