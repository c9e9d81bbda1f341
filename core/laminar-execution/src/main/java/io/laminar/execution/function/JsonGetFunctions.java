package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.JSON;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.text.NumberText;
import org.jspecify.annotations.Nullable;

/** Values out of JSON by key or index, right on its text. What is not there, or of another kind, is NULL. */
public final class JsonGetFunctions {

    private JsonGetFunctions() {}

    @SqlFunction(
            value = "json_get(json, text) -> json",
            aliases = {"json_get_json"},
            category = JSON,
            description = "The value at a key of an object.",
            example =
                    "json_get(JSON '{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'a')",
            result = "{\"b\":[1,2.5,\"x\"]}")
    @SqlFunction(
            value = "json_get(text, text) -> json",
            aliases = {"json_get_json"},
            category = JSON,
            description = "The value at a key of an object.",
            example = "json_get('{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'a')",
            result = "{\"b\":[1,2.5,\"x\"]}")
    public static boolean get(Slice json, Slice key, Slice out) {
        return getValue(json, member(json, key), out);
    }

    @SqlFunction(
            value = "json_get_str(json, text) -> text",
            aliases = {"json_as_text"},
            category = JSON,
            description = "The value, as text, at a key of an object.",
            example =
                    "json_get_str(JSON '{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 's')",
            result = "hé")
    @SqlFunction(
            value = "json_get_str(text, text) -> text",
            aliases = {"json_as_text"},
            category = JSON,
            description = "The value, as text, at a key of an object.",
            example =
                    "json_get_str('{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 's')",
            result = "hé")
    public static boolean getText(Slice json, Slice key, Slice out) {
        return getTextValue(json, member(json, key), out);
    }

    @SqlFunction(
            value = "json_get_int(json, text) -> bigint",
            category = JSON,
            description = "The whole number at a key of an object.",
            example =
                    "json_get_int(JSON '{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'n')",
            result = "7")
    @SqlFunction(
            value = "json_get_int(text, text) -> bigint",
            category = JSON,
            description = "The whole number at a key of an object.",
            example =
                    "json_get_int('{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'n')",
            result = "7")
    public static @Nullable Long getLong(Slice json, Slice key) {
        return getLongValue(json, member(json, key));
    }

    @SqlFunction(
            value = "json_get_float(json, text) -> double",
            category = JSON,
            description = "The number at a key of an object.",
            example =
                    "json_get_float(JSON '{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'n')",
            result = "7.0")
    @SqlFunction(
            value = "json_get_float(text, text) -> double",
            category = JSON,
            description = "The number at a key of an object.",
            example =
                    "json_get_float('{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 'n')",
            result = "7.0")
    public static @Nullable Double getDouble(Slice json, Slice key) {
        return getDoubleValue(json, member(json, key));
    }

    @SqlFunction(
            value = "json_get_bool(json, text) -> boolean",
            category = JSON,
            description = "The truth value at a key of an object.",
            example =
                    "json_get_bool(JSON '{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 't')",
            result = "true")
    @SqlFunction(
            value = "json_get_bool(text, text) -> boolean",
            category = JSON,
            description = "The truth value at a key of an object.",
            example =
                    "json_get_bool('{\"a\":{\"b\":[1,2.5,\"x\"]},\"s\":\"h\\u00e9\",\"n\":7,\"t\":true,\"z\":null}', 't')",
            result = "true")
    public static @Nullable Boolean getBoolean(Slice json, Slice key) {
        return getBooleanValue(json, member(json, key));
    }

    @SqlFunction(
            value = "json_get(json, bigint) -> json",
            aliases = {"json_get_json"},
            category = JSON,
            description = "The value at an index of an array; the first is 0, the last -1.",
            example = "json_get(JSON '[\"x\",2.5,7,true]', 1)",
            result = "2.5")
    @SqlFunction(
            value = "json_get(text, bigint) -> json",
            aliases = {"json_get_json"},
            category = JSON,
            description = "The value at an index of an array; the first is 0, the last -1.",
            example = "json_get('[\"x\",2.5,7,true]', 1)",
            result = "2.5")
    public static boolean get(Slice json, long index, Slice out) {
        return getValue(json, element(json, index), out);
    }

    @SqlFunction(
            value = "json_get_str(json, bigint) -> text",
            aliases = {"json_as_text"},
            category = JSON,
            description = "The value, as text, at an index of an array; the first is 0, the last -1.",
            example = "json_get_str(JSON '[\"x\",2.5,7,true]', 0)",
            result = "x")
    @SqlFunction(
            value = "json_get_str(text, bigint) -> text",
            aliases = {"json_as_text"},
            category = JSON,
            description = "The value, as text, at an index of an array; the first is 0, the last -1.",
            example = "json_get_str('[\"x\",2.5,7,true]', 0)",
            result = "x")
    public static boolean getText(Slice json, long index, Slice out) {
        return getTextValue(json, element(json, index), out);
    }

    @SqlFunction(
            value = "json_get_int(json, bigint) -> bigint",
            category = JSON,
            description = "The whole number at an index of an array; the first is 0, the last -1.",
            example = "json_get_int(JSON '[\"x\",2.5,7,true]', 2)",
            result = "7")
    @SqlFunction(
            value = "json_get_int(text, bigint) -> bigint",
            category = JSON,
            description = "The whole number at an index of an array; the first is 0, the last -1.",
            example = "json_get_int('[\"x\",2.5,7,true]', 2)",
            result = "7")
    public static @Nullable Long getLong(Slice json, long index) {
        return getLongValue(json, element(json, index));
    }

    @SqlFunction(
            value = "json_get_float(json, bigint) -> double",
            category = JSON,
            description = "The number at an index of an array; the first is 0, the last -1.",
            example = "json_get_float(JSON '[\"x\",2.5,7,true]', 1)",
            result = "2.5")
    @SqlFunction(
            value = "json_get_float(text, bigint) -> double",
            category = JSON,
            description = "The number at an index of an array; the first is 0, the last -1.",
            example = "json_get_float('[\"x\",2.5,7,true]', 1)",
            result = "2.5")
    public static @Nullable Double getDouble(Slice json, long index) {
        return getDoubleValue(json, element(json, index));
    }

    @SqlFunction(
            value = "json_get_bool(json, bigint) -> boolean",
            category = JSON,
            description = "The truth value at an index of an array; the first is 0, the last -1.",
            example = "json_get_bool(JSON '[\"x\",2.5,7,true]', 3)",
            result = "true")
    @SqlFunction(
            value = "json_get_bool(text, bigint) -> boolean",
            category = JSON,
            description = "The truth value at an index of an array; the first is 0, the last -1.",
            example = "json_get_bool('[\"x\",2.5,7,true]', 3)",
            result = "true")
    public static @Nullable Boolean getBoolean(Slice json, long index) {
        return getBooleanValue(json, element(json, index));
    }

    private static int member(Slice json, Slice key) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        int object = JsonScanner.skipBlanks(b, json.offset(), to);
        return JsonScanner.member(b, object, to, key.base(), key.offset(), key.length());
    }

    private static int element(Slice json, long index) {
        byte[] b = json.base();
        int to = json.offset() + json.length();
        return JsonScanner.element(b, JsonScanner.skipBlanks(b, json.offset(), to), to, index);
    }

    private static int end(Slice json, int at) {
        return at < 0 ? -1 : JsonScanner.end(json.base(), at, json.offset() + json.length());
    }

    private static boolean getValue(Slice json, int at, Slice out) {
        int end = end(json, at);
        if (end < 0) {
            return false;
        }
        out.set(json.base(), at, end - at);
        return true;
    }

    private static boolean getTextValue(Slice json, int at, Slice out) {
        int end = end(json, at);
        return end >= 0 && text(json.base(), at, end, out);
    }

    /** A value as text: strings without quotes and escapes, everything else as it stands; null is NULL. */
    static boolean text(byte[] b, int at, int end, Slice out) {
        if (b[at] == '"') {
            JsonScanner.decode(b, at + 1, end - 1, out);
            return true;
        }
        out.set(b, at, end - at);
        return !JsonScanner.isNull(b, at, end);
    }

    private static @Nullable Long getLongValue(Slice json, int at) {
        int end = end(json, at);
        long[] value = new long[1];
        return end >= 0 && NumberText.parseLong(json.base(), at, end, value) ? (Long) value[0] : null;
    }

    private static @Nullable Double getDoubleValue(Slice json, int at) {
        int end = end(json, at);
        double[] value = new double[1];
        return end >= 0 && isNumber(json.base()[at]) && NumberText.parseDouble(json.base(), at, end, value)
                ? (Double) value[0]
                : null;
    }

    /** Keeps out NaN and Infinity, which are no numbers in JSON. */
    private static boolean isNumber(byte first) {
        return first == '-' || first >= '0' && first <= '9';
    }

    private static @Nullable Boolean getBooleanValue(Slice json, int at) {
        int end = end(json, at);
        if (end < 0) {
            return null;
        }
        byte[] b = json.base();
        boolean isTrue = end - at == 4 && b[at] == 't' && b[at + 1] == 'r' && b[at + 2] == 'u' && b[at + 3] == 'e';
        if (isTrue) {
            return true;
        }
        return end - at == 5 && b[at] == 'f' && b[at + 1] == 'a' && b[at + 4] == 'e' ? (Boolean) false : null;
    }
}
