package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.JSON;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.Prepared;
import io.laminar.spi.function.SqlFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What JSON is made of, and values out of it by JSONPath. */
public final class JsonFunctions {

    private JsonFunctions() {}

    @SqlFunction(
            value = "json_contains(json, text) -> boolean",
            category = JSON,
            description = "Whether an object has a key, or an array a string.",
            example = "json_contains(JSON '{\"a\":1}', 'a')",
            result = "true")
    @SqlFunction(
            value = "json_contains(text, text) -> boolean",
            category = JSON,
            description = "Whether an object has a key, or an array a string.",
            example = "json_contains('{\"a\":1}', 'a')",
            result = "true")
    public static boolean contains(Slice json, Slice key) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        int at = JsonScanner.skipBlanks(b, json.offset(), to);
        if (at >= to || b[at] != '[') {
            return JsonScanner.member(b, at, to, key.base(), key.offset(), key.length()) >= 0;
        }
        Slice element = new Slice();
        for (int entry = JsonScanner.firstEntry(b, at, to); entry >= 0; entry = JsonScanner.next(b, entry, to)) {
            int end = JsonScanner.end(b, entry, to);
            if (end >= 0 && b[entry] == '"') {
                JsonScanner.decode(b, entry + 1, end - 1, element);
                if (element.contentEquals(key)) {
                    return true;
                }
            }
        }
        return false;
    }

    @SqlFunction(
            value = "json_contains(json, bigint) -> boolean",
            category = JSON,
            description = "Whether an array has an element at this index; the first is 0, the last -1.",
            example = "json_contains(JSON '[5,6]', 2)",
            result = "false")
    @SqlFunction(
            value = "json_contains(text, bigint) -> boolean",
            category = JSON,
            description = "Whether an array has an element at this index; the first is 0, the last -1.",
            example = "json_contains('[5,6]', 2)",
            result = "false")
    public static boolean contains(Slice json, long index) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        return JsonScanner.element(b, JsonScanner.skipBlanks(b, json.offset(), to), to, index) >= 0;
    }

    @SqlFunction(
            value = "json_length(json) -> bigint",
            aliases = {"json_array_length"},
            category = JSON,
            description = "How many entries an array or object has; NULL for anything else.",
            example = "json_length(JSON '[1,[2,3],{}]')",
            result = "3")
    @SqlFunction(
            value = "json_length(text) -> bigint",
            aliases = {"json_array_length"},
            category = JSON,
            description = "How many entries an array or object has; NULL for anything else.",
            example = "json_length('[1,[2,3],{}]')",
            result = "3")
    public static @Nullable Long length(Slice json) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        long count = JsonScanner.count(b, JsonScanner.skipBlanks(b, json.offset(), to), to);
        return count < 0 ? null : (Long) count;
    }

    @SqlFunction(
            value = "json_keys(json) -> text[]",
            aliases = {"json_object_keys"},
            category = JSON,
            description = "The keys of an object; NULL for anything else.",
            example = "json_keys(JSON '{\"a\":1,\"b\":{\"c\":2}}')",
            result = "[a, b]")
    @SqlFunction(
            value = "json_keys(text) -> text[]",
            aliases = {"json_object_keys"},
            category = JSON,
            description = "The keys of an object; NULL for anything else.",
            example = "json_keys('{\"a\":1,\"b\":{\"c\":2}}')",
            result = "[a, b]")
    public static @Nullable List<@Nullable String> keys(Slice json) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        int object = JsonScanner.skipBlanks(b, json.offset(), to);
        if (object >= to || b[object] != '{') {
            return null;
        }
        List<@Nullable String> keys = new ArrayList<>();
        Slice key = new Slice();
        int entry = JsonScanner.firstEntry(b, object, to);
        while (entry >= 0 && entry < to) {
            int value = JsonScanner.valueOfEntry(b, entry, to);
            if (value < 0) {
                return keys;
            }
            JsonScanner.decode(b, entry + 1, JsonScanner.closingQuote(b, entry + 1, to), key);
            keys.add(key.toString());
            entry = JsonScanner.next(b, value, to);
        }
        return keys;
    }

    @SqlFunction(
            value = "json_type(json) -> text",
            aliases = {"json_typeof"},
            category = JSON,
            description = "The kind of value: object, array, string, number, boolean or null.",
            example = "json_type(JSON '[1]')",
            result = "array")
    @SqlFunction(
            value = "json_type(text) -> text",
            aliases = {"json_typeof"},
            category = JSON,
            description = "The kind of value: object, array, string, number, boolean or null.",
            example = "json_type('[1]')",
            result = "array")
    public static boolean type(Slice json, Slice out) {
        int to = json.offset() + json.length();
        int at = JsonScanner.skipBlanks(json.base(), json.offset(), to);
        if (at >= to) {
            return false;
        }
        out.set(
                switch (json.base()[at]) {
                    case '{' -> "object";
                    case '[' -> "array";
                    case '"' -> "string";
                    case 't', 'f' -> "boolean";
                    case 'n' -> "null";
                    default -> "number";
                });
        return true;
    }

    @SqlFunction(
            value = "extract_json(json, text) -> json[]",
            category = JSON,
            description = "All values a JSONPath leads to.",
            example = "extract_json(JSON '{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[*].b')",
            result = "[1, \"x\"]")
    @SqlFunction(
            value = "extract_json(text, text) -> json[]",
            category = JSON,
            description = "All values a JSONPath leads to.",
            example = "extract_json('{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[*].b')",
            result = "[1, \"x\"]")
    public static List<@Nullable String> extract(Slice json, @Prepared JsonPath path) {
        List<@Nullable String> found = new ArrayList<>();
        for (int[] range : path.all(json)) {
            found.add(new String(json.base(), range[0], range[1] - range[0], StandardCharsets.UTF_8));
        }
        return found;
    }

    @SqlFunction(
            value = "extract_json_string(json, text) -> text",
            category = JSON,
            description = "The first value a JSONPath leads to if it is a string, otherwise NULL.",
            example = "extract_json_string(JSON '{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[1].b')",
            result = "x")
    @SqlFunction(
            value = "extract_json_string(text, text) -> text",
            category = JSON,
            description = "The first value a JSONPath leads to if it is a string, otherwise NULL.",
            example = "extract_json_string('{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[1].b')",
            result = "x")
    public static boolean extractString(Slice json, @Prepared JsonPath path, Slice out) {
        if (!path.first(json) || json.base()[path.start()] != '"') {
            return false;
        }
        JsonScanner.decode(json.base(), path.start() + 1, path.end() - 1, out);
        return true;
    }

    @SqlFunction(
            value = "json_value(json, text) -> text",
            category = JSON,
            description = "The string, number or truth value a JSONPath leads to, as text; NULL for anything else.",
            example = "json_value(JSON '{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[0].b')",
            result = "1")
    @SqlFunction(
            value = "json_value(text, text) -> text",
            category = JSON,
            description = "The string, number or truth value a JSONPath leads to, as text; NULL for anything else.",
            example = "json_value('{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.a[0].b')",
            result = "1")
    public static boolean value(Slice json, @Prepared JsonPath path, Slice out) {
        if (!path.first(json) || isContainer(json.base()[path.start()])) {
            return false;
        }
        return JsonGetFunctions.text(json.base(), path.start(), path.end(), out);
    }

    @SqlFunction(
            value = "json_query(json, text) -> json",
            category = JSON,
            description = "The object or array a JSONPath leads to; NULL for anything else.",
            example = "json_query(JSON '{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.c')",
            result = "{\"d\":2}")
    @SqlFunction(
            value = "json_query(text, text) -> json",
            category = JSON,
            description = "The object or array a JSONPath leads to; NULL for anything else.",
            example = "json_query('{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.c')",
            result = "{\"d\":2}")
    public static boolean query(Slice json, @Prepared JsonPath path, Slice out) {
        if (!path.first(json) || !isContainer(json.base()[path.start()])) {
            return false;
        }
        out.set(json.base(), path.start(), path.end() - path.start());
        return true;
    }

    @SqlFunction(
            value = "json_exists(json, text) -> boolean",
            category = JSON,
            description = "Whether a JSONPath leads to anything.",
            example = "json_exists(JSON '{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.c.e')",
            result = "false")
    @SqlFunction(
            value = "json_exists(text, text) -> boolean",
            category = JSON,
            description = "Whether a JSONPath leads to anything.",
            example = "json_exists('{\"a\":[{\"b\":1},{\"b\":\"x\"}],\"c\":{\"d\":2}}', '$.c.e')",
            result = "false")
    public static boolean exists(Slice json, @Prepared JsonPath path) {
        return path.first(json);
    }

    @SqlFunction(
            value = "parse_json(text) -> json",
            category = JSON,
            description = "The text as JSON; an error if it is none.",
            example = "parse_json('{\"a\": 1}')",
            result = "{\"a\": 1}")
    public static void parse(Slice text, Slice out) {
        int error = JsonCheck.firstError(text.base(), text.offset(), text.offset() + text.length());
        if (error >= 0) {
            throw Refusals.invalid(
                    "parse_json", "the text is not JSON, see byte " + error, "try_parse_json gives NULL instead");
        }
        out.set(text);
    }

    @SqlFunction(
            value = "try_parse_json(text) -> json",
            category = JSON,
            description = "The text as JSON; NULL if it is none.",
            example = "try_parse_json('{a: 1}')",
            result = "NULL")
    public static boolean tryParse(Slice text, Slice out) {
        out.set(text);
        return JsonCheck.firstError(text.base(), text.offset(), text.offset() + text.length()) < 0;
    }

    @SqlFunction(
            value = "json_valid(text) -> boolean",
            aliases = {"is_json"},
            category = JSON,
            description = "Whether the text is JSON.",
            example = "json_valid('[1, 2')",
            result = "false")
    public static boolean valid(Slice text) {
        return JsonCheck.firstError(text.base(), text.offset(), text.offset() + text.length()) < 0;
    }

    private static boolean isContainer(byte first) {
        return first == '{' || first == '[';
    }
}
