package io.laminar.execution.function;

import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionDeclaration.Example;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.Volatility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** What the planner knows of the aggregate functions. Sums are wide enough not to overflow in practice. */
final class AggregateDeclarations {

    private static final String NONE = " NULL if there are none.";

    static final List<FunctionDeclaration> ALL = Stream.of(
                    define("count", "any... -> bigint")
                            .is("The number of rows whose arguments are all not NULL; of all rows for count(*).")
                            .example("count(x)", "3")
                            .example("count(DISTINCT y)", "3"),
                    define(
                                    "sum",
                                    "int -> bigint",
                                    "bigint -> decimal(38)",
                                    "decimal -> decimal(38)",
                                    "double -> double",
                                    "interval -> interval")
                            .is("The sum of the values that are not NULL;" + NONE)
                            .example("sum(x)", "7"),
                    define("avg", "bigint -> double", "decimal -> decimal(38, 6)", "double -> double")
                            .is(
                                    "The mean of the values that are not NULL; of a DECIMAL with at least 6 decimal places.")
                            .example("avg(y)", "20.0"),
                    define("min", "T -> T")
                            .is("The least value that is not NULL.")
                            .example("min(s)", "a"),
                    define("max", "T -> T")
                            .is("The greatest value that is not NULL.")
                            .example("max(x)", "4"),
                    define("first_value", "T -> T")
                            .is("The value of the first row, by ORDER BY or else by event time.")
                            .example("first_value(s ORDER BY y DESC)", "c"),
                    define("last_value", "T -> T")
                            .is("The value of the last row, by ORDER BY or else by event time.")
                            .example("last_value(s ORDER BY y)", "c"),
                    define("nth_value", "T, bigint -> T")
                            .is(
                                    "The value of the row at a position, from 1 on, by ORDER BY or else by event time; NULL if there"
                                            + " are fewer rows.")
                            .example("nth_value(s, 2 ORDER BY s)", "b"),
                    define("arg_min", "T, K -> T")
                            .also("min_by")
                            .is(
                                    "The first argument where the second is least, of several the first by event time; rows with a"
                                            + " NULL do not count.")
                            .example("arg_min(s, y)", "a"),
                    define("arg_max", "T, K -> T")
                            .also("max_by")
                            .is(
                                    "The first argument where the second is greatest, of several the first by event time; rows with"
                                            + " a NULL do not count.")
                            .example("arg_max(s, x)", "b"),
                    define("mode", "T -> T")
                            .is("The most frequent value, of several the least; also mode() WITHIN GROUP (ORDER BY x).")
                            .example("mode(y)", "20"),
                    define("histogram", "T -> map<T, bigint>")
                            .is("How often each value is there, as a map.")
                            .example("histogram(s)", "{a=1, b=2, c=1}"),
                    define("median", "double -> double")
                            .is("The value in the middle, between two of them their mean.")
                            .example("median(x)", "2.0"),
                    define("percentile_cont", "double, double -> double")
                            .also("quantile_cont", "percentile")
                            .is("The value at a part of the way from the least to the greatest, between two values in"
                                    + " proportion; also percentile_cont(part) WITHIN GROUP (ORDER BY x).")
                            .example("percentile_cont(0.25) WITHIN GROUP (ORDER BY y)", "17.5"),
                    define("percentile_disc", "T, double -> T")
                            .also("quantile_disc")
                            .is("The first value at or behind a part of the way from the least to the greatest; also"
                                    + " percentile_disc(part) WITHIN GROUP (ORDER BY x).")
                            .example("percentile_disc(0.5) WITHIN GROUP (ORDER BY s)", "b"),
                    define("approx_distinct", "any -> bigint")
                            .also("approx_count_distinct")
                            .is(
                                    "Nearly the number of different values: the standard error is 1.6 percent, and a group takes at"
                                            + " most 4 KB. Not over changes.")
                            .example("approx_distinct(y)", "3"),
                    define("approx_median", "double -> double")
                            .is(
                                    "Nearly the median: one of the values, whose rank is off by less than 1.4 percent; exact up to"
                                            + " 200 values. Not over changes.")
                            .example("approx_median(y)", "20.0"),
                    define("approx_percentile_cont", "double, double -> double")
                            .also("approx_quantile")
                            .is("Nearly the value at a part of the way from the least to the greatest, as precise as"
                                    + " approx_median. Not over changes.")
                            .example("approx_percentile_cont(y, 0.9)", "30.0"),
                    define("approx_percentile_cont_with_weight", "double, bigint, double -> double")
                            .is("The same, each value counting as often as the second argument says. Not over changes.")
                            .example("approx_percentile_cont_with_weight(y, x, 0.5)", "20.0"),
                    define("stddev_pop", "double -> double")
                            .is("Standard deviation, the values being all there are.")
                            .example("stddev_pop(y)", "7.0710678118654755"),
                    define("stddev_samp", "double -> double")
                            .also("stddev")
                            .is("Standard deviation, the values being a sample.")
                            .example("stddev_samp(y)", "8.16496580927726"),
                    define("var_pop", "double -> double")
                            .is("Variance, the values being all there are.")
                            .example("var_pop(y)", "50.0"),
                    define("var_samp", "double -> double")
                            .also("var", "variance")
                            .is("Variance, the values being a sample.")
                            .example("var_samp(y)", "66.66666666666667"),
                    define("covar_pop", "double, double -> double")
                            .is("Covariance, the pairs being all there are.")
                            .example("covar_pop(y, y)", "50.0"),
                    define("covar_samp", "double, double -> double")
                            .is("Covariance, the pairs being a sample; NULL for fewer than two.")
                            .example("covar_samp(y, y)", "66.66666666666667"),
                    define("corr", "double, double -> double")
                            .is("Correlation; NULL if one of the two does not vary.")
                            .example("corr(y, -y)", "-1.0"),
                    regression(
                            "regr_slope", "Slope of the line through the pairs (y, x) with the least squares.", "2.0"),
                    regression("regr_intercept", "Where that line meets x = 0.", "1.0"),
                    regression("regr_r2", "The square of the correlation; 1 if y does not vary.", "1.0"),
                    define("regr_count", "double, double -> bigint")
                            .is("The number of pairs without a NULL.")
                            .example("regr_count(y, x)", "3"),
                    regression("regr_avgx", "The mean of x over pairs without a NULL.", "20.0"),
                    regression("regr_avgy", "The mean of y over pairs without a NULL.", "41.0"),
                    regression("regr_sxx", "The sum of the squared distances of x from its mean.", "200.0"),
                    regression("regr_syy", "The sum of the squared distances of y from its mean.", "800.0"),
                    regression(
                            "regr_sxy",
                            "The sum of the products of the distances of x and y from their means.",
                            "400.0"),
                    define("bit_and", "bigint -> bigint")
                            .is("The bits set in all values;" + NONE)
                            .example("bit_and(y + 1)", "1"),
                    define("bit_or", "bigint -> bigint")
                            .is("The bits set in any value;" + NONE)
                            .example("bit_or(x)", "7"),
                    define("bit_xor", "bigint -> bigint")
                            .is("The bits set in an odd number of values;" + NONE)
                            .example("bit_xor(y)", "20"),
                    define("bool_and", "boolean -> boolean")
                            .also("every")
                            .is("Whether all values are true;" + NONE)
                            .example("bool_and(b)", "false"),
                    define("bool_or", "boolean -> boolean")
                            .also("some")
                            .is("Whether any value is true;" + NONE)
                            .example("bool_or(b)", "true"),
                    define("array_agg", "T -> T[]")
                            .also("collect_list")
                            .is("All values as an array, NULLs too, in the order of ORDER BY or else of event time.")
                            .example("array_agg(x ORDER BY x DESC NULLS LAST)", "[4, 2, 1, NULL]"),
                    define("string_agg", "text, text -> text")
                            .also("listagg")
                            .is("All texts in a row with the separator between them; NULLs are left out.")
                            .example("string_agg(s, ', ' ORDER BY s)", "a, b, b, c"))
            .map(Draft::declaration)
            .toList();

    private AggregateDeclarations() {}

    private static Draft regression(String name, String description, String value) {
        return define(name, "double, double -> double").is(description).example(name + "(2 * y + 1, y)", value);
    }

    /** @param signatures without the name: {@code "double -> double"} */
    private static Draft define(String name, String... signatures) {
        List<Signature> parsed = Arrays.stream(signatures)
                .map(s -> s.split(" -> "))
                .map(s -> Signature.parse(name + "(" + s[0] + ") -> " + s[1]))
                .toList();
        return new Draft(name, List.of(), parsed, "", List.of());
    }

    /** A declaration that is being written. */
    private record Draft(
            String name, List<String> aliases, List<Signature> signatures, String description, List<Example> examples) {
        Draft also(String... names) {
            return new Draft(name, List.of(names), signatures, description, examples);
        }

        Draft is(String sentence) {
            return new Draft(name, aliases, signatures, sentence, examples);
        }

        Draft example(String expression, String value) {
            List<Example> all = new ArrayList<>(examples);
            all.add(new Example(expression, value));
            return new Draft(name, aliases, signatures, description, all);
        }

        FunctionDeclaration declaration() {
            return new FunctionDeclaration(
                    name,
                    aliases,
                    FunctionKind.AGGREGATE,
                    FunctionCategory.AGGREGATE,
                    signatures,
                    Volatility.IMMUTABLE,
                    NullHandling.CALLED,
                    description,
                    List.copyOf(examples));
        }
    }
}
