package io.laminar.execution.function;

import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.Volatility;
import java.util.Arrays;
import java.util.List;

/** What the planner knows of the aggregate functions. Sums are wide enough not to overflow in practice. */
final class AggregateDeclarations {

    static final List<FunctionDeclaration> ALL = List.of(
            of(
                    "count",
                    "The number of rows whose arguments are all not NULL; of all rows for count(*).",
                    "any... -> bigint"),
            of(
                    "sum",
                    "The sum of the values that are not NULL; NULL if there are none.",
                    "int -> bigint",
                    "bigint -> decimal(38)",
                    "decimal -> decimal(38)",
                    "double -> double",
                    "interval -> interval"),
            of(
                    "avg",
                    "The mean of the values that are not NULL; of a DECIMAL with at least 6 decimal places.",
                    "bigint -> double",
                    "decimal -> decimal(38, 6)",
                    "double -> double"),
            of("min", "The least value that is not NULL.", "T -> T"),
            of("max", "The greatest value that is not NULL.", "T -> T"),
            of("first_value", "The value of the first row, by ORDER BY or else by event time.", "T -> T"),
            of("last_value", "The value of the last row, by ORDER BY or else by event time.", "T -> T"),
            of("stddev_pop", "Standard deviation, the values being all there are.", "double -> double"),
            alias(of("stddev_samp", "Standard deviation, the values being a sample.", "double -> double"), "stddev"),
            of("var_pop", "Variance, the values being all there are.", "double -> double"),
            alias(of("var_samp", "Variance, the values being a sample.", "double -> double"), "var", "variance"),
            alias(of("bool_and", "Whether all values are true.", "boolean -> boolean"), "every"),
            alias(of("bool_or", "Whether any value is true.", "boolean -> boolean"), "some"),
            of(
                    "array_agg",
                    "All values as an array, NULLs too, in the order of ORDER BY or else of event time.",
                    "T -> T[]"),
            alias(
                    of(
                            "string_agg",
                            "All texts in a row with the separator between them; NULLs are left out.",
                            "text, text -> text"),
                    "listagg"));

    private AggregateDeclarations() {}

    /** @param signatures without the name: {@code "double -> double"} */
    private static FunctionDeclaration of(String name, String description, String... signatures) {
        List<Signature> parsed = Arrays.stream(signatures)
                .map(s -> s.split(" -> "))
                .map(s -> Signature.parse(name + "(" + s[0] + ") -> " + s[1]))
                .toList();
        return new FunctionDeclaration(
                name,
                List.of(),
                FunctionKind.AGGREGATE,
                FunctionCategory.AGGREGATE,
                parsed,
                Volatility.IMMUTABLE,
                NullHandling.CALLED,
                description,
                List.of());
    }

    private static FunctionDeclaration alias(FunctionDeclaration of, String... aliases) {
        return new FunctionDeclaration(
                of.name(),
                List.of(aliases),
                of.kind(),
                of.category(),
                of.signatures(),
                of.volatility(),
                of.nulls(),
                of.description(),
                of.examples());
    }
}
