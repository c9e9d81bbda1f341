package io.laminar.execution.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.laminar.spi.batch.Slice;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JsonTest {
    private static final long SEED = 8259;

    @Test
    void whatIsNotThereIsNull() {
        Check.value("json_get('{\"a\":1}', 'b')", "NULL");
        Check.value("json_get('[1]', 'a')", "NULL");
        Check.value("json_get('7', 'a')", "NULL");
        Check.value("json_get('', 'a')", "NULL");
        Check.value("json_get('{\"a\":', 'a')", "NULL");
        Check.value("json_get('{\"a\"', 'a')", "NULL");
        Check.value("json_get('{\"a\":\"x', 'a')", "NULL");
        Check.value("json_get('[1,2]', 2)", "NULL");
        Check.value("json_get('[1,2]', -3)", "NULL");
        Check.value("json_get('[]', 0)", "NULL");
        Check.value("json_get(NULL, 'a')", "NULL");
    }

    @Test
    void valuesOfAnotherKindAreNull() {
        Check.value("json_get_int('{\"a\":1.5}', 'a')", "NULL");
        Check.value("json_get_int('{\"a\":\"1\"}', 'a')", "NULL");
        Check.value("json_get_int('{\"a\":9223372036854775808}', 'a')", "NULL");
        Check.value("json_get_int('{\"a\":-9223372036854775808}', 'a')", "-9223372036854775808");
        Check.value("json_get_float('{\"a\":\"x\"}', 'a')", "NULL");
        Check.value("json_get_float('{\"a\":1e3}', 'a')", "1000.0");
        Check.value("json_get_float('{\"a\":NaN}', 'a')", "NULL");
        Check.value("json_get_bool('{\"a\":\"true\"}', 'a')", "NULL");
        Check.value("json_get_bool('{\"a\":false}', 'a')", "false");
        Check.value("json_get_str('{\"a\":null}', 'a')", "NULL");
        Check.value("json_get('{\"a\":null}', 'a')", "null");
        Check.value("json_get_str('{\"a\":{\"b\":[1, 2]}}', 'a')", "{\"b\":[1, 2]}");
    }

    @Test
    void escapesInKeysAndValues() {
        Check.value("json_get_str('{\"\\u0061b\":\"x\\ty\\\"\\\\\\/\"}', 'ab')", "x\ty\"\\/");
        Check.value("json_get_str('{\"a\":\"\\ud83d\\ude00\\u20ac\"}', 'a')", "😀€");
        Check.value("json_get_str('{\"a\":\"\\ud83d!\"}', 'a')", "\uFFFD!");
        Check.value("json_get('{\"a\\\\\":1,\"a\":2}', 'a')", "2");
        Check.value("json_get('{\"x\":\"}\\\"]\",\"a\":2}', 'a')", "2");
        Check.value("json_get('{ \"x\" : [ { } , \"a\" ] , \"a\" : 2 }', 'a')", "2");
    }

    @Test
    void containsLooksAtKeysAndStrings() {
        Check.value("json_contains('{\"a\":null}', 'a')", "true");
        Check.value("json_contains('{\"b\":\"a\"}', 'a')", "false");
        Check.value("json_contains('[1,\"a\"]', 'a')", "true");
        Check.value("json_contains('[1,\"b\"]', 'a')", "false");
        Check.value("json_contains('\"a\"', 'a')", "false");
        Check.value("json_contains('[1,2]', -2)", "true");
    }

    @Test
    void shape() {
        Check.value("json_length('{}')", "0");
        Check.value("json_length('[ ]')", "0");
        Check.value("json_length('\"abc\"')", "NULL");
        Check.value("json_keys('{}')", "[]");
        Check.value("json_keys('[1]')", "NULL");
        Check.value("json_keys('{\"\\u0061\":1}')", "[a]");
        Check.value("json_type(' -1')", "number");
        Check.value("json_type('')", "NULL");
    }

    @Test
    void paths() {
        String doc = "'{\"a\":[{\"b\":1,\"c\":[10,20]},{\"b\":2,\"c\":[]}],\"x y\":{\"z\":null}}'";
        Check.value("extract_json(" + doc + ", '$.a[*].c[*]')", "[10, 20]");
        Check.value("extract_json(" + doc + ", '$[\"x y\"].*')", "[null]");
        Check.value("extract_json(" + doc + ", '$.nope')", "[]");
        Check.value("json_value(" + doc + ", '$.a[-1].b')", "2");
        Check.value("json_value(" + doc + ", 'lax $.a[0].b')", "1");
        Check.value("json_value(" + doc + ", '$.a')", "NULL");
        Check.value("json_value(" + doc + ", '$[''x y''].z')", "NULL");
        Check.value("json_query(" + doc + ", '$.a[0].c')", "[10,20]");
        Check.value("json_query(" + doc + ", '$.a[0].b')", "NULL");
        Check.value("json_exists(" + doc + ", '$.\"x y\".z')", "true");
        Check.value("extract_json_string(" + doc + ", '$.a[0].b')", "NULL");
        Check.value("json_query('[1]', '$')", "[1]");
        Check.refused("json_value('{}', 'a.b')", "it must start with $");
        Check.refused("json_value('{}', '$.a[')", "a bracket is not closed");
        Check.refused("json_value('{}', '$..a')", "a name is missing");
        Check.refused("json_value('{}', '$[?(@.a)]')", "is not supported");
    }

    @Test
    void building() {
        Check.value("json_object()", "{}");
        Check.value("json_object('a\"b', 'c\nd', 'e', NULL)", "{\"a\\\"b\":\"c\\nd\",\"e\":null}");
        Check.refused("json_object('a')", "json_object: there is a key without a value");
        Check.refused("json_object(NULL, 1)", "json_object: a key is NULL");
        Check.value("json_array()", "[]");
        Check.value(
                "json_array(JSON '{\"a\":1}', DATE '2024-02-29', 1.50, sqrt(-1))",
                "[{\"a\":1},\"2024-02-29\",1.50,null]");
        Check.value("to_json(map('a', ARRAY[1]))", "{\"a\":[1]}");
        Check.value("to_json('\u0001')", "\"\\u0001\"");
    }

    @Test
    void onlyJsonIsValid() {
        for (String good :
                new String[] {"0", "-1.5e+3", "\"\"", "[]", " { \"a\" : [ 1 , true , null , \"\\u00e9\" ] } ", "\"ü\""
                }) {
            Check.value("json_valid('" + good + "')", "true");
        }
        for (String bad : new String[] {
            "",
            "01",
            "1.",
            "+1",
            "[1,]",
            "{a:1}",
            "{\"a\" 1}",
            "nul",
            "\"\\x\"",
            "\"\\u12\"",
            "\"",
            "1 2",
            "[1",
            "{\"a\":1,}"
        }) {
            Check.value("json_valid('" + bad + "')", "false");
        }
        Check.refused("parse_json('[1, x]')", "parse_json: the text is not JSON, see byte 4");
        Check.value("json_valid(repeat('[', 100000))", "false");
    }

    @Test
    void randomDocumentsAreFoundTheirWayThrough() {
        Random random = new Random(SEED);
        for (int i = 0; i < 3000; i++) {
            StringBuilder text = new StringBuilder();
            Object root = document(random, 4, text);
            Slice json = Check.view(text.toString());
            assertEquals(
                    -1,
                    JsonCheck.firstError(json.base(), json.offset(), json.offset() + json.length()),
                    text.toString());
            visit(random, root, "$", json, text.toString());
        }
    }

    /** Walks one random way down and compares every value on it. */
    private static void visit(Random random, Object value, String path, Slice json, String text) {
        String what = path + " in " + text + ", seed " + SEED;
        JsonPath compiled = JsonPath.prepare(Check.view(path));
        assertTrue(compiled.first(json), what);
        Slice found = new Slice();
        found.set(json.base(), compiled.start(), compiled.end() - compiled.start());
        if (value instanceof Map<?, ?> map) {
            assertEquals(map.size(), JsonFunctions.length(found), what);
            assertEquals(new ArrayList<>(map.keySet()), JsonFunctions.keys(found), what);
            if (!map.isEmpty()) {
                Object key = new ArrayList<>(map.keySet()).get(random.nextInt(map.size()));
                visit(random, map.get(key), path + "[\"" + key + "\"]", json, text);
            }
        } else if (value instanceof List<?> list) {
            assertEquals(list.size(), JsonFunctions.length(found), what);
            if (!list.isEmpty()) {
                int index = random.nextInt(list.size());
                int written = random.nextBoolean() ? index : index - list.size();
                visit(random, list.get(index), path + "[" + written + "]", json, text);
            }
        } else {
            Slice out = new Slice();
            boolean there = JsonFunctions.value(json, compiled, out);
            assertEquals(!"null".equals(value), there, what);
            assertEquals(value, there ? out.toString() : "null", what);
        }
    }

    /** Writes a random document and returns it as maps, lists and the texts of its scalars. */
    private static Object document(Random random, int depth, StringBuilder text) {
        blanks(random, text);
        Object value = depth == 0
                ? scalar(random, text)
                : switch (random.nextInt(3)) {
                    case 0 -> object(random, depth, text);
                    case 1 -> array(random, depth, text);
                    default -> scalar(random, text);
                };
        blanks(random, text);
        return value;
    }

    private static void blanks(Random random, StringBuilder text) {
        if (random.nextInt(4) == 0) {
            text.append(" \n\t".charAt(random.nextInt(3)));
        }
    }

    private static Object object(Random random, int depth, StringBuilder text) {
        Map<String, Object> map = new LinkedHashMap<>();
        text.append('{');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i > 0 ? "," : "");
            blanks(random, text);
            String key = "k".repeat(random.nextInt(10)) + "ä{[,:".charAt(random.nextInt(5)) + i;
            text.append('"')
                    .append(random.nextBoolean() ? key.replace("k", "\\u006b") : key)
                    .append('"');
            blanks(random, text);
            text.append(':');
            map.put(key, document(random, depth - 1, text));
        }
        text.append('}');
        return map;
    }

    private static Object array(Random random, int depth, StringBuilder text) {
        List<Object> list = new ArrayList<>();
        text.append('[');
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            text.append(i > 0 ? "," : "");
            list.add(document(random, depth - 1, text));
        }
        text.append(']');
        return list;
    }

    private static String scalar(Random random, StringBuilder text) {
        String[] bare = {"true", "false", "null", "0", "-12.5e3", "123456789012345678"};
        if (random.nextBoolean()) {
            String word = bare[random.nextInt(bare.length)];
            text.append(word);
            return word;
        }
        String letters = "abc\"\\\n/ü€]}{[,: ";
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(30); i > 0; i--) {
            value.append(letters.charAt(random.nextInt(letters.length())));
        }
        JsonText.quote(text, value.toString());
        return value.toString();
    }

    @Test
    void cutDocumentsNeverLeadBeyondTheirEnd() {
        Random random = new Random(SEED);
        for (int i = 0; i < 2000; i++) {
            StringBuilder text = new StringBuilder();
            document(random, 4, text);
            byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
            byte[] cut = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
            if (cut.length > 0 && random.nextBoolean()) {
                cut[random.nextInt(cut.length)] = (byte) "\"\\{}[],:\u0080".charAt(random.nextInt(9));
            }
            Slice json = new Slice();
            json.set(cut, 0, cut.length);
            Slice out = new Slice();
            for (String path : new String[] {"$", "$.k", "$[0]", "$[-1].*", "$.*.*", "$[*][*]", "$.*[0]"}) {
                JsonPath compiled = JsonPath.prepare(Check.view(path));
                for (int[] range : compiled.all(json)) {
                    assertTrue(range[0] >= 0 && range[0] <= range[1] && range[1] <= cut.length, path + " in " + text);
                }
                JsonFunctions.value(json, compiled, out);
            }
            JsonFunctions.keys(json);
            JsonFunctions.length(json);
            JsonFunctions.contains(json, Check.view("k"));
        }
    }
}
