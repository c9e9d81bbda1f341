package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.execution.function.FunctionReference;
import io.laminar.spi.function.FunctionCategory;
import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.testing.slt.BoundedQuery;
import io.laminar.testing.slt.Engine;
import io.laminar.testing.text.TextRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The functions that the dialect promises are there, and all examples are true. */
class FunctionsTest {
    /** The list of the dialect's definition. */
    private static final String PROMISED = """
            abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh cot degrees exp factorial floor gcd isnan
            iszero lcm ln log log10 log2 mod nanvl pi pow radians random round signum sin sinh sqrt tan tanh trunc
            width_bucket
            case cast try_cast coalesce greatest least nullif nvl nvl2 ifnull
            ascii bit_length btrim char_length chr concat concat_ws contains ends_with find_in_set format initcap instr
            left length levenshtein lower lpad ltrim octet_length overlay position repeat replace reverse right rpad
            rtrim split_part split_index starts_with strpos substr substring substr_index to_hex translate trim upper
            url_decode url_encode parse_url uuid encode decode
            regexp_count regexp_extract regexp_instr regexp_like regexp_match regexp_replace
            current_date current_time current_timestamp now proctime row_time date_bin date_part date_trunc extract date_format to_char
            make_date to_date to_time to_timestamp to_timestamp_seconds to_timestamp_millis to_timestamp_micros
            to_timestamp_nanos to_unixtime from_unixtime age timestampadd timestampdiff convert_timezone
            json_get json_get_str json_get_int json_get_float json_get_bool json_get_json json_contains json_length
            json_keys json_type extract_json extract_json_string json_value json_query json_exists json_object json_array
            to_json parse_json try_parse_json
            make_array array_agg array_append array_prepend array_concat array_contains array_has_all array_has_any
            array_distinct array_element array_except array_intersect array_union array_join array_length array_max
            array_min array_position array_positions array_remove array_repeat array_replace array_reverse array_slice
            array_sort array_sum cardinality flatten generate_series range string_to_array map map_keys map_values
            map_entries element_at unnest struct named_struct row get_field
            md5 sha1 sha224 sha256 sha384 sha512 xxhash64 crc32 multi_hash
            count sum avg min max approx_distinct median approx_median percentile_cont approx_percentile_cont
            approx_percentile_cont_with_weight stddev stddev_pop stddev_samp var var_pop var_samp covar_pop covar_samp
            corr regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx regr_syy regr_sxy bit_and
            bit_or bit_xor bool_and bool_or array_agg string_agg first_value last_value nth_value arg_min arg_max mode
            histogram grouping
            tumble hop session cumulate row_number rank dense_rank percent_rank cume_dist ntile lag lead
            """;

    private static final String TABLE =
            "CREATE TABLE t (x INT, y INT, s TEXT, b BOOLEAN, at TIMESTAMP, WATERMARK FOR at)"
                    + " WITH (connector = 'test', bounded = 'true', ordered = 'true');";

    /** These answer by the clock or by chance. */
    private static final Set<String> UNSTEADY =
            Set.of("now", "current_date", "current_time", "random", "uuid", "age", "unix_timestamp");

    private static final int AT_ONCE = 40;

    private static final BoundedQuery QUERIES = new BoundedQuery(
            Engine.laminar(),
            TABLE,
            "t",
            Repository.root().resolve("testing/laminar-sql-tests/src/test/resources/examples/rows.json"));

    @Test
    void everyPromisedFunctionIsThere() {
        Set<String> missing = new TreeSet<>(Arrays.asList(PROMISED.strip().split("\\s+")));
        missing.removeIf(name -> FunctionCatalog.installed().find(name).isPresent());
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyFunctionHasAnExample() {
        assertEquals(
                List.of(),
                FunctionReference.all().stream()
                        .filter(function -> function.examples().isEmpty())
                        .map(FunctionDeclaration::name)
                        .toList());
    }

    /** From the text of a query to its rows: {@code ExamplesTest} of laminar-execution goes round the planner. */
    @Test
    void examplesAreTrueInQueries() {
        List<Executable> checks = new ArrayList<>();
        List<FunctionDeclaration.Example> plain = new ArrayList<>();
        for (FunctionDeclaration function : FunctionReference.all()) {
            for (FunctionDeclaration.Example example : function.examples()) {
                if (isPlain(function, example)) {
                    plain.add(example);
                } else if (!UNSTEADY.contains(function.name())) {
                    checks.add(() -> assertAlike(
                            example.result(), value(function.category(), example.expression()), example.expression()));
                }
            }
        }
        for (int from = 0; from < plain.size(); from += AT_ONCE) {
            List<FunctionDeclaration.Example> some = plain.subList(from, Math.min(plain.size(), from + AT_ONCE));
            checks.add(() -> assertAlike(some));
        }
        assertTrue(plain.size() > 280, "only " + plain.size() + " examples found");
        assertAll(checks);
    }

    private static boolean isPlain(FunctionDeclaration function, FunctionDeclaration.Example example) {
        return !UNSTEADY.contains(function.name())
                && function.category() != FunctionCategory.AGGREGATE
                && function.category() != FunctionCategory.OVER
                && !example.expression().startsWith("SELECT ");
    }

    /** Many expressions side by side in one query, which is planned and compiled once. */
    private static void assertAlike(List<FunctionDeclaration.Example> examples) {
        String columns = IntStream.range(0, examples.size())
                .mapToObj(i -> "(" + examples.get(i).expression() + ")::TEXT AS r" + i)
                .collect(Collectors.joining(", "));
        List<@Nullable Object> values =
                QUERIES.run("SELECT " + columns, 1).get(0).values();
        assertAll(IntStream.range(0, examples.size())
                .mapToObj(i -> () -> assertAlike(
                        examples.get(i).result(),
                        text(values.get(i)),
                        examples.get(i).expression())));
    }

    private static String value(FunctionCategory category, String example) {
        if (example.startsWith("SELECT ")) {
            String columns = Pattern.compile(" AS (\\w+)")
                    .matcher(example.substring(0, example.indexOf(" FROM ")))
                    .results()
                    .map(column -> "coalesce(" + column.group(1) + "::TEXT, 'NULL')")
                    .collect(Collectors.joining(", "));
            return QUERIES.run("SELECT concat_ws(', ', " + columns + ") AS r FROM (" + example + ") AS q", 1).stream()
                    .map(row -> text(row.values().get(0)))
                    .sorted()
                    .collect(Collectors.joining("; "));
        } else if (category == FunctionCategory.OVER) {
            return QUERIES.run("SELECT r::TEXT AS r, y, x FROM (SELECT y, x, " + example + " AS r FROM t)", 1).stream()
                    .sorted(Comparator.comparing(
                                    (TextRow row) -> (Integer) row.values().get(1))
                            .thenComparing(row -> (Integer) row.values().get(2)))
                    .map(row -> text(row.values().get(0)))
                    .collect(Collectors.joining(", "));
        }
        return text(QUERIES.run("SELECT r::TEXT AS r FROM (SELECT " + example + " AS r FROM t)", 1)
                .get(0)
                .values()
                .get(0));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "NULL" : value.toString();
    }

    @Test
    void thePageInTheRepositoryIsCurrent() throws IOException {
        Path page = Repository.root().resolve("docs/reference/functions.md");
        String wanted = FunctionReference.markdown(FunctionReference.all());
        if (Boolean.getBoolean("reference.update")) {
            Files.writeString(page, wanted);
        }
        assertEquals(wanted, Files.readString(page), "run this test with -Dreference.update=true");
    }

    /** Floating point numbers depend on the order of additions, and so on how rows were spread. */
    private static void assertAlike(String expected, String actual, String expression) {
        if (expected.matches("-?\\d+\\.\\d+") && actual.matches("-?\\d+\\.\\d+")) {
            double wanted = Double.parseDouble(expected);
            assertEquals(wanted, Double.parseDouble(actual), Math.abs(wanted) * 1e-12, expression);
        } else {
            assertEquals(expected, actual, expression);
        }
    }
}
