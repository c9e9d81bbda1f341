package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class NestedFunctionsTest {

    @Test
    void positionsOutsideOfTheArray() {
        Check.value("array_element(ARRAY[1, 2], 0)", "NULL");
        Check.value("array_element(ARRAY[1, 2], 3)", "NULL");
        Check.value("array_element(ARRAY[1, 2], -3)", "NULL");
        Check.value("array_slice(ARRAY[1, 2, 3], -2, -1)", "[2, 3]");
        Check.value("array_slice(ARRAY[1, 2, 3], 0, 99)", "[1, 2, 3]");
        Check.value("array_slice(ARRAY[1, 2, 3], 3, 2)", "[]");
    }

    @Test
    void nullIsAnElementLikeOthers() {
        Check.value("array_contains(ARRAY[1, NULL], NULL)", "true");
        Check.value("array_position(ARRAY[1, NULL], NULL)", "2");
        Check.value("array_remove(ARRAY[1, NULL, 2], NULL)", "[1, 2]");
        Check.value("array_append(ARRAY[1], NULL)", "[1, NULL]");
        Check.value("array_append(NULL, 1)", "[1]");
        Check.value("array_distinct(ARRAY[NULL, 1, NULL])", "[NULL, 1]");
        Check.value("array_except(ARRAY[1, NULL], ARRAY[NULL, 2])", "[1]");
        Check.value("array_max(ARRAY[NULL, NULL])", "NULL");
        Check.value("array_length(NULL)", "NULL");
        Check.value("array_repeat(NULL, 2)", "[NULL, NULL]");
    }

    @Test
    void seriesEndWhereTheyShould() {
        Check.value("generate_series(1, 0)", "[]");
        Check.value("generate_series(1, 6, 2)", "[1, 3, 5]");
        Check.value("range(1, 7, 2)", "[1, 3, 5]");
        Check.value(
                "generate_series(9223372036854775806, 9223372036854775807)",
                "[9223372036854775806, 9223372036854775807]");
        Check.value("generate_series(1, 9223372036854775807, 9223372036854775806)", "[1, 9223372036854775807]");
        Check.value("generate_series(2, 9223372036854775807, 9223372036854775806)", "[2]");
        Check.refused("generate_series(1, 5, 0)", "generate_series: the step is 0");
        Check.refused("range(9223372036854775807)", "range: the array would have");
        Check.refused("array_repeat(1, 9223372036854775807)", "array_repeat: the array would have");
    }

    @Test
    void textsAndArrays() {
        Check.value("string_to_array('', ',')", "[]");
        Check.value("string_to_array('aäb', NULL)", "[a, ä, b]");
        Check.value("string_to_array('abc', '')", "[abc]");
        Check.value("string_to_array(',a,', ',')", "[, a, ]");
        Check.value("array_join(ARRAY[DATE '2024-02-29', NULL], '; ', '-')", "2024-02-29; -");
        Check.refused("array_sort(ARRAY[1], 'up')", "array_sort: the direction is 'up'");
    }

    @Test
    void orderIsThatOfCodePointsAndNumbers() {
        // U+1F600 is a pair of surrogates, which UTF-16 sorts below U+FFFD.
        assertTrue(ValueOrder.ASCENDING.compare("\uFFFD", "😀") < 0);
        assertTrue(ValueOrder.ASCENDING.compare("a", "ab") < 0);
        assertTrue(ValueOrder.same(0.0, -0.0));
        assertTrue(ValueOrder.same(Double.NaN, Double.NaN));
        assertTrue(ValueOrder.ASCENDING.compare(Double.NaN, Double.POSITIVE_INFINITY) > 0);
        assertTrue(ValueOrder.ASCENDING.compare(null, 1) > 0);
        assertTrue(ValueOrder.same(new byte[] {1}, new byte[] {1}));
        assertTrue(ValueOrder.ASCENDING.compare(new byte[] {(byte) 0x80}, new byte[] {1}) > 0);
        assertTrue(ValueOrder.ASCENDING.compare(List.of(1, 2), List.of(1)) > 0);
        assertTrue(ValueOrder.same(Map.of("a", 1, "b", 2), Map.of("b", 2, "a", 1)));
        assertEquals(Arrays.asList("a", "b", null), ArrayFunctions.sort(Arrays.asList(null, "b", "a")));
    }

    @Test
    void mapsAnswerByValue() {
        Check.value("element_at(map('a', 1), 'b')", "NULL");
        Check.value("element_at(map(1.5, 'x'), 1.5)", "x");
        Check.value("map_contains_key(map('a', NULL, 'b', 1), 'a')", "true");
        Check.refused("map_from_arrays(ARRAY[1], ARRAY[1, 2])", "map_from_arrays: there are 1 keys and 2 values");
        Check.value("typeof(map_entries(map('a', 1)))", "STRUCT<key TEXT, value INT>[]");
    }

    @Test
    void choosingAmongValues() {
        Check.value("greatest(NULL, NULL)", "NULL");
        Check.value("greatest('a', 'B', 'ä')", "ä");
        Check.value("least(2, 1.5)", "1.5");
        Check.value("typeof(least(2, 1.5))", "DECIMAL(11, 1)");
        Check.value("nullif(NULL, 1)", "NULL");
        Check.value("nullif(1, NULL)", "1");
        Check.value("nvl2(NULL, 1, 2)", "2");
    }

    @Test
    void digestsOfLongTexts() {
        // Reference values of XXH64 for the numbers 0 to n - 1 as bytes, from the C library.
        byte[] bytes = new byte[100];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        assertEquals(0x6AC1E58032166597L, XxHash64.hash(bytes, 0, 100, 0));
        CRC32 crc = new CRC32();
        crc.update("äöü".getBytes(StandardCharsets.UTF_8));
        Check.value("crc32('äöü')", String.valueOf(crc.getValue()));
        Check.value("multi_hash('ab', 'c') = multi_hash('a', 'bc')", "false");
        Check.value("multi_hash(NULL) = multi_hash('')", "false");
    }
}
