package io.laminar.spi.function;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Makes a public static method a scalar SQL function. The method is called by generated code, once per row, and is
 * inlined there.
 *
 * <p>How SQL values arrive: BOOLEAN as boolean; TINYINT, SMALLINT, INT and DATE as int; BIGINT, the time types and
 * intervals as long; FLOAT and DOUBLE as double; TEXT, BYTES and JSON as {@link io.laminar.spi.batch.Slice}, valid for
 * the call only; DECIMAL as BigDecimal; arrays and structs as List, maps as Map, their content in the form of
 * {@link io.laminar.spi.batch.Values}. Further arguments of a variadic signature arrive as an array of these.
 *
 * <p>How a result leaves: primitives are returned, boxed when the function can answer NULL. TEXT, BYTES and JSON are
 * written to a further last parameter of type Slice; the method is then {@code void}, or {@code boolean} with false
 * for NULL. DECIMAL, arrays, structs and maps are returned as objects, null for NULL.
 *
 * <p>An argument whose declared type is a type variable, {@code any} or {@code struct} arrives boxed, as the Object that
 * {@link io.laminar.spi.batch.Values} describes (a String for TEXT and JSON), and such a result leaves as that Object;
 * where such a parameter repeats, as {@code Object[]}.
 *
 * <p>A first parameter of type {@link EvaluationContext} gives the clock and the random source. A parameter of type
 * {@code DataType[]} after it (or first) gives the types of the SQL arguments, always the same array for one call in a
 * query. A parameter annotated {@link Prepared} takes what an argument has been prepared to, for example a compiled
 * pattern.
 *
 * <p>Failures are thrown as {@link io.laminar.spi.error.LaminarException} with the code that fits.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Repeatable(SqlFunction.All.class)
public @interface SqlFunction {

    /** For example {@code "lpad(text, int, text) -> text"}; see {@link Signature} for the language. */
    String value();

    String[] aliases() default {};

    Volatility volatility() default Volatility.IMMUTABLE;

    NullHandling nulls() default NullHandling.RETURNS_NULL;

    FunctionCategory category();

    /** One sentence for the reference. */
    String description();

    /** An expression whose value the reference shows and a test checks; empty when another overload shows one. */
    String example() default "";

    /** The value of the example as text. */
    String result() default "";

    /** Several signatures served by one method. */
    @Documented
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface All {
        SqlFunction[] value();
    }
}
