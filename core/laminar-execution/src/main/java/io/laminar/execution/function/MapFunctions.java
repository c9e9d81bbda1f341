package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.NESTED;

import io.laminar.spi.function.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Maps: their keys, values and entries, and maps out of arrays. */
public final class MapFunctions {

    private MapFunctions() {}

    @SqlFunction(
            value = "map_keys(map<K, V>) -> K[]",
            category = NESTED,
            description = "The keys in the order of the map.",
            example = "map_keys(map(1, 'a', 2, 'b'))",
            result = "[1, 2]")
    public static List<@Nullable Object> keys(Map<@Nullable Object, @Nullable Object> map) {
        return new ArrayList<>(map.keySet());
    }

    @SqlFunction(
            value = "map_values(map<K, V>) -> V[]",
            category = NESTED,
            description = "The values in the order of the map.",
            example = "map_values(map(1, 'a', 2, 'b'))",
            result = "[a, b]")
    public static List<@Nullable Object> values(Map<@Nullable Object, @Nullable Object> map) {
        return new ArrayList<>(map.values());
    }

    @SqlFunction(
            value = "map_entries(map<K, V>) -> struct<key K, value V>[]",
            category = NESTED,
            description = "The entries as structs of key and value.",
            example = "map_entries(map(1, 'a', 2, 'b'))",
            result = "[{'key': 1, 'value': a}, {'key': 2, 'value': b}]")
    public static List<@Nullable Object> entries(Map<@Nullable Object, @Nullable Object> map) {
        List<@Nullable Object> entries = new ArrayList<>(map.size());
        map.forEach((key, value) -> entries.add(Arrays.asList(key, value)));
        return entries;
    }

    @SqlFunction(
            value = "cardinality(map<K, V>) -> bigint",
            category = NESTED,
            description = "How many entries the map has.",
            example = "cardinality(map(1, 'a', 2, 'b'))",
            result = "2")
    public static long size(Map<@Nullable Object, @Nullable Object> map) {
        return map.size();
    }

    @SqlFunction(
            value = "element_at(map<K, V>, K) -> V",
            aliases = {"map_extract"},
            category = NESTED,
            description = "The value of a key; NULL if there is none.",
            example = "element_at(map(1, 'a', 2, 'b'), 2)",
            result = "b")
    public static @Nullable Object get(Map<@Nullable Object, @Nullable Object> map, Object key) {
        return find(map, key, false);
    }

    @SqlFunction(
            value = "map_contains_key(map<K, V>, K) -> boolean",
            category = NESTED,
            description = "Whether the map has a key.",
            example = "map_contains_key(map(1, 'a', 2, 'b'), 3)",
            result = "false")
    public static boolean containsKey(Map<@Nullable Object, @Nullable Object> map, Object key) {
        return find(map, key, true) != null;
    }

    @SqlFunction(
            value = "map_from_arrays(K[], V[]) -> map<K, V>",
            category = NESTED,
            description = "A map of keys and values at the same places of two arrays.",
            example = "map_from_arrays(ARRAY['x', 'y'], ARRAY[1, 2])",
            result = "{x=1, y=2}")
    public static Map<@Nullable Object, @Nullable Object> fromArrays(
            List<@Nullable Object> keys, List<@Nullable Object> values) {
        if (keys.size() != values.size()) {
            throw Refusals.invalid(
                    "map_from_arrays", "there are " + keys.size() + " keys and " + values.size() + " values");
        }
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(keys.get(i), values.get(i));
        }
        return map;
    }

    @SqlFunction(
            value = "map_concat(map<K, V>, map<K, V>...) -> map<K, V>",
            aliases = {"map_union"},
            category = NESTED,
            description = "All entries of the maps; of equal keys the last counts.",
            example = "map_concat(map('a', 1), map('a', 2, 'b', 3))",
            result = "{a=2, b=3}")
    public static Map<@Nullable Object, @Nullable Object> concat(
            Map<@Nullable Object, @Nullable Object> first, Map<?, ?>[] others) {
        Map<@Nullable Object, @Nullable Object> all = new LinkedHashMap<>(first);
        for (Map<?, ?> other : others) {
            all.putAll(other);
        }
        return all;
    }

    /** The value of a key, or whether there is one. Keys of bytes and decimals are not found by their hash. */
    private static @Nullable Object find(Map<@Nullable Object, @Nullable Object> map, Object key, boolean whether) {
        for (Map.Entry<@Nullable Object, @Nullable Object> entry : map.entrySet()) {
            if (ValueOrder.same(entry.getKey(), key)) {
                return whether ? key : entry.getValue();
            }
        }
        return null;
    }
}
