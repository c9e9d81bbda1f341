package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.NESTED;

import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements of arrays: finding, replacing, treating arrays as sets. NULL is an element like others. */
public final class ElementFunctions {

    private ElementFunctions() {}

    @SqlFunction(
            value = "array_contains(T[], T) -> boolean",
            aliases = {"array_has", "list_contains"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "Whether the array has an element.",
            example = "array_contains(ARRAY['a', 'b'], 'b')",
            result = "true")
    public static @Nullable Boolean contains(@Nullable List<@Nullable Object> array, @Nullable Object element) {
        return array == null ? null : (Boolean) (indexOf(array, element, 0) >= 0);
    }

    @SqlFunction(
            value = "array_has_all(T[], T[]) -> boolean",
            category = NESTED,
            description = "Whether the first array has every element of the second.",
            example = "array_has_all(ARRAY[1, 2, 3], ARRAY[3, 1])",
            result = "true")
    public static boolean hasAll(List<@Nullable Object> array, List<@Nullable Object> wanted) {
        ElementSet set = new ElementSet(array);
        return wanted.stream().allMatch(set::has);
    }

    @SqlFunction(
            value = "array_has_any(T[], T[]) -> boolean",
            aliases = {"arrays_overlap"},
            category = NESTED,
            description = "Whether the first array has an element of the second.",
            example = "array_has_any(ARRAY[1, 2, 3], ARRAY[4, 5])",
            result = "false")
    public static boolean hasAny(List<@Nullable Object> array, List<@Nullable Object> wanted) {
        ElementSet set = new ElementSet(array);
        return wanted.stream().anyMatch(set::has);
    }

    @SqlFunction(
            value = "array_position(T[], T) -> bigint",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The position, from 1, at which an element first appears; NULL if it does not.",
            example = "array_position(ARRAY['a', 'b'], 'b')",
            result = "2")
    public static @Nullable Long position(@Nullable List<@Nullable Object> array, @Nullable Object element) {
        int index = array == null ? -1 : indexOf(array, element, 0);
        return index < 0 ? null : (Long) (index + 1L);
    }

    @SqlFunction(
            value = "array_positions(T[], T) -> bigint[]",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "All positions at which an element appears.",
            example = "array_positions(ARRAY[1, 2, 1], 1)",
            result = "[1, 3]")
    public static @Nullable List<@Nullable Object> positions(
            @Nullable List<@Nullable Object> array, @Nullable Object element) {
        if (array == null) {
            return null;
        }
        List<@Nullable Object> positions = new ArrayList<>();
        for (int i = indexOf(array, element, 0); i >= 0; i = indexOf(array, element, i + 1)) {
            positions.add(i + 1L);
        }
        return positions;
    }

    @SqlFunction(
            value = "array_remove(T[], T) -> T[]",
            aliases = {"array_remove_all"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The array without an element, wherever it appears.",
            example = "array_remove(ARRAY[1, 2, 1], 1)",
            result = "[2]")
    public static @Nullable List<@Nullable Object> remove(
            @Nullable List<@Nullable Object> array, @Nullable Object element) {
        if (array == null) {
            return null;
        }
        List<@Nullable Object> rest = new ArrayList<>(array);
        rest.removeIf(other -> ValueOrder.same(other, element));
        return rest;
    }

    @SqlFunction(
            value = "array_replace(T[], T, T) -> T[]",
            aliases = {"array_replace_all"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The array with the second value in place of the first, wherever that appears.",
            example = "array_replace(ARRAY[1, 2, 1], 1, 9)",
            result = "[9, 2, 9]")
    public static @Nullable List<@Nullable Object> replace(
            @Nullable List<@Nullable Object> array, @Nullable Object from, @Nullable Object to) {
        if (array == null) {
            return null;
        }
        List<@Nullable Object> replaced = new ArrayList<>(array);
        replaced.replaceAll(other -> ValueOrder.same(other, from) ? to : other);
        return replaced;
    }

    @SqlFunction(
            value = "array_union(T[], T[]) -> T[]",
            category = NESTED,
            description = "Every element of either array once.",
            example = "array_union(ARRAY[1, 2], ARRAY[2, 3])",
            result = "[1, 2, 3]")
    public static List<@Nullable Object> union(List<@Nullable Object> left, List<@Nullable Object> right) {
        List<@Nullable Object> both = new ArrayList<>(left);
        both.addAll(right);
        return ElementSet.distinct(both);
    }

    @SqlFunction(
            value = "array_intersect(T[], T[]) -> T[]",
            category = NESTED,
            description = "Every element of both arrays once.",
            example = "array_intersect(ARRAY[1, 2], ARRAY[2, 3])",
            result = "[2]")
    public static List<@Nullable Object> intersect(List<@Nullable Object> left, List<@Nullable Object> right) {
        ElementSet others = new ElementSet(right);
        return ElementSet.distinct(left).stream().filter(others::has).toList();
    }

    @SqlFunction(
            value = "array_except(T[], T[]) -> T[]",
            category = NESTED,
            description = "Every element of the first array that the second does not have, once.",
            example = "array_except(ARRAY[1, 2], ARRAY[2, 3])",
            result = "[1]")
    public static List<@Nullable Object> except(List<@Nullable Object> left, List<@Nullable Object> right) {
        ElementSet others = new ElementSet(right);
        return ElementSet.distinct(left).stream()
                .filter(element -> !others.has(element))
                .toList();
    }

    private static int indexOf(List<@Nullable Object> array, @Nullable Object element, int from) {
        for (int i = from; i < array.size(); i++) {
            if (ValueOrder.same(array.get(i), element)) {
                return i;
            }
        }
        return -1;
    }
}
