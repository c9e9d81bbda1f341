package io.laminar.sql.function;

import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionDeclaration.Example;
import io.laminar.spi.function.FunctionKind;
import io.laminar.spi.function.FunctionProvider;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.Signature;
import io.laminar.spi.function.Volatility;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is written as a function but is an operation, a window or a rank to the planner. An example is an expression, one
 * with OVER that has a value per row, or a whole query.
 */
public final class PlannedFunctions implements FunctionProvider {

    private static final String WINDOW = "struct<start timestamp, end timestamp>";

    private static final List<FunctionDeclaration> ALL = Stream.of(
                    conditional("case", "boolean, T, T... -> T")
                            .is(
                                    "The value of the first condition that holds: CASE WHEN condition THEN value ... ELSE value END.")
                            .example("CASE WHEN 1 > 2 THEN 'a' ELSE 'b' END", "b"),
                    conditional("cast", "any -> T")
                            .is("The value as another type: CAST(value AS type) or value::type.")
                            .example("CAST('12' AS INT)", "12"),
                    conditional("try_cast", "any -> T")
                            .is("As cast, but NULL where the value is none of the type.")
                            .example("TRY_CAST('twelve' AS INT)", "NULL"),
                    conditional("coalesce", "T, T... -> T")
                            .is("The first argument that is not NULL.")
                            .example("coalesce(NULL, 2, 3)", "2"),
                    conditional("if", "boolean, T, T -> T")
                            .is("The second argument where the condition holds, otherwise the third.")
                            .example("if(2 > 1, 'yes', 'no')", "yes"),
                    nested("struct", "any... -> struct")
                            .also("row")
                            .is(
                                    "The values as a struct, whose members are named after the columns given, or c0, c1, ...")
                            .example("struct(1, 'a')", "{'c0': 1, 'c1': a}"),
                    nested("named_struct", "text, any, any... -> struct")
                            .is("A struct of names and values given in turn.")
                            .example("named_struct('lat', 52.5, 'lon', 13.4)", "{'lat': 52.5, 'lon': 13.4}"),
                    nested("get_field", "struct, text -> T")
                            .is("The member of a struct, as value.member.")
                            .example("get_field(named_struct('a', 7), 'a')", "7"),
                    nested("map", "K, V, K, V... -> map<K, V>")
                            .is("A map of keys and values given in turn.")
                            .example("map('a', 1, 'b', 2)", "{a=1, b=2}"),
                    nested("unnest", "T[] -> T")
                            .is(
                                    "A row for each element; in FROM also of maps, with a column for keys and one for values.")
                            .example("SELECT unnest([x, 9]) AS v FROM t WHERE x < 2", "1; 9"),
                    define(FunctionCategory.AGGREGATE, "grouping", "any... -> bigint")
                            .also("grouping_id")
                            .is("Of a row of GROUPING SETS: a bit for each column that its group goes without.")
                            .example(
                                    "SELECT s AS k, grouping(s) AS g, count(*) AS n FROM t GROUP BY ROLLUP (s)",
                                    "NULL, 1, 4; a, 0, 1; b, 0, 2; c, 0, 1"),
                    window("tumble", "interval -> ", "interval, interval -> ", "timestamp, interval -> ")
                            .is(
                                    "Windows of a width, side by side, with an offset if one is given; months and years go by the"
                                            + " calendar. With TUMBLE_START(at, width) and _END as members of it.")
                            .example(
                                    "SELECT w.start AS s, count(*) AS n FROM (SELECT tumble(INTERVAL '10 s') AS w FROM t)"
                                            + " GROUP BY w",
                                    "2024-01-01 00:00:00, 3; 2024-01-01 00:00:10, 1"),
                    window("hop", "interval, interval -> ", "timestamp, interval, interval -> ")
                            .is("Windows of a width (the last argument) that begin every slide (the one before).")
                            .example(
                                    "SELECT w.start AS s, count(*) AS n FROM (SELECT hop(INTERVAL '10 s', INTERVAL '20 s') AS w"
                                            + " FROM t) GROUP BY w",
                                    "2023-12-31 23:59:50, 3; 2024-01-01 00:00:00, 4; 2024-01-01 00:00:10, 1"),
                    window("session", "interval -> ", "timestamp, interval -> ")
                            .is("Windows of rows less than a gap apart.")
                            .example(
                                    "SELECT w.start AS s, count(*) AS n FROM (SELECT session(INTERVAL '4 s') AS w FROM t)"
                                            + " GROUP BY w",
                                    "2024-01-01 00:00:01, 2; 2024-01-01 00:00:08, 1; 2024-01-01 00:00:12, 1"),
                    window("cumulate", "interval, interval -> ", "timestamp, interval, interval -> ")
                            .is("Windows that grow by a step up to a greatest width, then begin anew.")
                            .example(
                                    "SELECT w.end AS e, count(*) AS n FROM (SELECT cumulate(INTERVAL '5 s', INTERVAL '10 s') AS w"
                                            + " FROM t) GROUP BY w",
                                    "2024-01-01 00:00:05, 2; 2024-01-01 00:00:10, 3; 2024-01-01 00:00:15, 1;"
                                            + " 2024-01-01 00:00:20, 1"),
                    define(FunctionCategory.WINDOW, "row_time", " -> timestamp")
                            .is("The event time of the row; also the hidden column _timestamp.")
                            .example("SELECT row_time() AS at FROM t WHERE x = 2", "2024-01-01 00:00:04"),
                    over("row_number", " -> bigint")
                            .is("The place of the row in its partition, from 1 on.")
                            .example("row_number() OVER (ORDER BY y, x)", "1, 2, 3, 4"),
                    over("rank", " -> bigint")
                            .is("As row_number, but the same for rows of equal order.")
                            .example("rank() OVER (ORDER BY y)", "1, 2, 2, 4"),
                    over("dense_rank", " -> bigint")
                            .is("As rank, without gaps.")
                            .example("dense_rank() OVER (ORDER BY y)", "1, 2, 2, 3"),
                    over("percent_rank", " -> double")
                            .is("The share of the other rows that come before.")
                            .example(
                                    "percent_rank() OVER (ORDER BY y, x)",
                                    "0.0, 0.3333333333333333, 0.6666666666666666, 1.0"),
                    over("cume_dist", " -> double")
                            .is("The share of the rows that come before or are of equal order.")
                            .example("cume_dist() OVER (ORDER BY y)", "0.25, 0.75, 0.75, 1.0"),
                    over("ntile", "bigint -> bigint")
                            .is(
                                    "The number of the part that the row is in, of so many parts of the partition, from 1 on.")
                            .example("ntile(2) OVER (ORDER BY y, x)", "1, 1, 2, 2"),
                    over("lag", "T -> T", "T, bigint -> T", "T, bigint, T -> T")
                            .is(
                                    "The value of the row before, or so many rows before; where there is none NULL, or the third"
                                            + " argument.")
                            .example("lag(y) OVER (ORDER BY y, x)", "NULL, 10, 20, 20"),
                    over("lead", "T -> T", "T, bigint -> T", "T, bigint, T -> T")
                            .is("The value of the row behind, as lag.")
                            .example("lead(y, 2, 0) OVER (ORDER BY y, x)", "20, 30, 0, 0"))
            .map(Draft::declaration)
            .toList();

    @Override
    public List<FunctionDeclaration> functions() {
        return ALL;
    }

    private static Draft conditional(String name, String... signatures) {
        return define(FunctionCategory.CONDITIONAL, name, signatures);
    }

    private static Draft nested(String name, String... signatures) {
        return define(FunctionCategory.NESTED, name, signatures);
    }

    private static Draft over(String name, String... signatures) {
        return define(FunctionCategory.OVER, name, signatures);
    }

    private static Draft window(String name, String... arguments) {
        String[] signatures = Arrays.stream(arguments).map(a -> a + WINDOW).toArray(String[]::new);
        return define(FunctionCategory.WINDOW, name, signatures);
    }

    /** @param signatures without the name: {@code "double -> double"} */
    private static Draft define(FunctionCategory category, String name, String... signatures) {
        List<Signature> parsed = Arrays.stream(signatures)
                .map(s -> s.split(" -> "))
                .map(s -> Signature.parse(name + "(" + s[0].strip() + ") -> " + s[1]))
                .toList();
        return new Draft(category, name, List.of(), parsed, "", List.of());
    }

    /** A declaration that is being written. */
    private record Draft(
            FunctionCategory category,
            String name,
            List<String> aliases,
            List<Signature> signatures,
            String description,
            List<Example> examples) {
        Draft also(String... names) {
            return new Draft(category, name, List.of(names), signatures, description, examples);
        }

        Draft is(String sentence) {
            return new Draft(category, name, aliases, signatures, sentence, examples);
        }

        Draft example(String expression, String value) {
            List<Example> all = new ArrayList<>(examples);
            all.add(new Example(expression, value));
            return new Draft(category, name, aliases, signatures, description, all);
        }

        FunctionDeclaration declaration() {
            return new FunctionDeclaration(
                    name,
                    aliases,
                    FunctionKind.PLANNED,
                    category,
                    signatures,
                    Volatility.IMMUTABLE,
                    NullHandling.CALLED,
                    description,
                    List.copyOf(examples));
        }
    }
}
