package io.laminar.sqltests;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.laminar.spi.function.FunctionDeclaration;
import io.laminar.spi.function.FunctionKind;
import io.laminar.sql.function.FunctionCatalog;
import io.laminar.testing.slt.BoundedQuery;
import io.laminar.testing.slt.Engine;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The functions that the dialect promises are there, and the examples of aggregates are true. */
class FunctionsTest {
    /** The list of the dialect's definition. */
    private static final String PROMISED = """
            abs acos acosh asin asinh atan atan2 atanh cbrt ceil cos cosh cot degrees exp factorial floor gcd isnan
            iszero lcm ln log log10 log2 mod nanvl pi pow radians random round signum sin sinh sqrt tan tanh trunc
            width_bucket
            coalesce greatest least nullif nvl nvl2 ifnull
            ascii bit_length btrim char_length chr concat concat_ws contains ends_with find_in_set format initcap instr
            left length levenshtein lower lpad ltrim octet_length overlay position repeat replace reverse right rpad
            rtrim split_part split_index starts_with strpos substr substring substr_index to_hex translate trim upper
            url_decode url_encode parse_url uuid encode decode
            regexp_count regexp_extract regexp_instr regexp_like regexp_match regexp_replace
            current_date current_time current_timestamp now date_bin date_part date_trunc extract date_format to_char
            make_date to_date to_time to_timestamp to_timestamp_seconds to_timestamp_millis to_timestamp_micros
            to_timestamp_nanos to_unixtime from_unixtime age timestampadd timestampdiff convert_timezone
            json_get json_get_str json_get_int json_get_float json_get_bool json_get_json json_contains json_length
            json_keys json_type extract_json extract_json_string json_value json_query json_exists json_object json_array
            to_json parse_json try_parse_json
            make_array array_agg array_append array_prepend array_concat array_contains array_has_all array_has_any
            array_distinct array_element array_except array_intersect array_union array_join array_length array_max
            array_min array_position array_positions array_remove array_repeat array_replace array_reverse array_slice
            array_sort array_sum cardinality flatten generate_series range string_to_array map map_keys map_values
            map_entries element_at struct named_struct row get_field
            md5 sha1 sha224 sha256 sha384 sha512 xxhash64 crc32 multi_hash
            count sum avg min max approx_distinct median approx_median percentile_cont approx_percentile_cont
            approx_percentile_cont_with_weight stddev stddev_pop stddev_samp var var_pop var_samp covar_pop covar_samp
            corr regr_slope regr_intercept regr_r2 regr_count regr_avgx regr_avgy regr_sxx regr_syy regr_sxy bit_and
            bit_or bit_xor bool_and bool_or array_agg string_agg first_value last_value nth_value arg_min arg_max mode
            histogram
            """;

    /** What the planner makes of operations; shown by the cases in slt/functions. */
    private static final Set<String> PLANNED = Set.of(
            "coalesce",
            "ifnull",
            "nvl",
            "nullif",
            "nvl2",
            "struct",
            "row",
            "named_struct",
            "get_field",
            "make_array",
            "map");

    private static final String TABLE = "CREATE TABLE t (x INT, y INT, s TEXT, b BOOLEAN)"
            + " WITH (connector = 'test', bounded = 'true', ordered = 'true');";

    @Test
    void everyPromisedFunctionIsThere() {
        Set<String> missing = new TreeSet<>(Arrays.asList(PROMISED.strip().split("\\s+")));
        missing.removeIf(name -> FunctionCatalog.installed().find(name).isPresent() || PLANNED.contains(name));
        assertEquals(Set.of(), missing);
    }

    @Test
    void examplesOfAggregatesAreTrue() {
        BoundedQuery queries = new BoundedQuery(
                Engine.laminar(),
                TABLE,
                "t",
                Repository.root().resolve("testing/laminar-sql-tests/src/test/resources/examples/aggregates.json"));
        List<Executable> checks = new ArrayList<>();
        List<String> bare = new ArrayList<>();
        for (String name : FunctionCatalog.installed().names()) {
            FunctionDeclaration function =
                    FunctionCatalog.installed().find(name).orElseThrow();
            if (function.kind() != FunctionKind.AGGREGATE || !function.name().equals(name)) {
                continue;
            }
            if (function.examples().isEmpty()) {
                bare.add(name);
            }
            for (FunctionDeclaration.Example example : function.examples()) {
                String query = "SELECT r::TEXT AS r FROM (SELECT " + example.expression() + " AS r FROM t)";
                checks.add(() -> assertAlike(
                        example.result(),
                        String.valueOf(queries.run(query, 1).get(0).values().get(0)),
                        example.expression()));
            }
        }
        assertEquals(List.of(), bare);
        assertAll(checks);
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
