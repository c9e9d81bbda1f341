package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.JSON;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** JSON out of SQL values. */
public final class JsonBuildFunctions {

    private JsonBuildFunctions() {}

    @SqlFunction(
            value = "to_json(any) -> json",
            aliases = {"json_string"},
            category = JSON,
            description = "The value as JSON; structs and maps become objects.",
            example = "to_json(ARRAY['a', 'b'])",
            result = "[\"a\",\"b\"]")
    public static void toJson(DataType[] types, Object value, Slice out) {
        out.set(JsonText.of(types[0], value));
    }

    @SqlFunction(
            value = "json_array(any...) -> json",
            aliases = {"json_build_array"},
            nulls = NullHandling.CALLED,
            category = JSON,
            description = "An array of the values; NULL becomes null.",
            example = "json_array(1, 'a', NULL, TRUE)",
            result = "[1,\"a\",null,true]")
    public static void array(DataType[] types, @Nullable Object[] values, Slice out) {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < values.length; i++) {
            text.append(i > 0 ? "," : "");
            JsonText.append(text, types[i], values[i]);
        }
        out.set(text.append(']').toString());
    }

    @SqlFunction(
            value = "json_object(any...) -> json",
            aliases = {"json_build_object"},
            nulls = NullHandling.CALLED,
            category = JSON,
            description = "An object of keys and values, given in turn; NULL values become null.",
            example = "json_object('a', 1, 'b', ARRAY[2, 3])",
            result = "{\"a\":1,\"b\":[2,3]}")
    public static void object(DataType[] types, @Nullable Object[] entries, Slice out) {
        if (entries.length % 2 != 0) {
            throw Refusals.invalid("json_object", "there is a key without a value");
        }
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < entries.length; i += 2) {
            Object key = entries[i];
            if (key == null) {
                throw Refusals.invalid("json_object", "a key is NULL");
            }
            text.append(i > 0 ? "," : "");
            JsonText.quote(text, ValueText.of(types[i], key));
            text.append(':');
            JsonText.append(text, types[i + 1], entries[i + 1]);
        }
        out.set(text.append('}').toString());
    }
}
