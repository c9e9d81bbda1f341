package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.NESTED;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Arrays as a whole: putting together, cutting, sorting. Positions count from 1. */
public final class ArrayFunctions {

    private static final int LARGEST = 10_000_000;

    private ArrayFunctions() {}

    @SqlFunction(
            value = "make_array(T...) -> T[]",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "An array of the values.",
            example = "make_array(1, NULL, 3)",
            result = "[1, NULL, 3]")
    public static List<@Nullable Object> makeArray(@Nullable Object[] elements) {
        return new ArrayList<>(Arrays.asList(elements));
    }

    @SqlFunction(
            value = "array_append(T[], T) -> T[]",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The array with a further last element; NULL counts as an empty array.",
            example = "array_append(ARRAY[1, 2], 3)",
            result = "[1, 2, 3]")
    public static List<@Nullable Object> append(@Nullable List<@Nullable Object> array, @Nullable Object element) {
        List<@Nullable Object> longer = array == null ? new ArrayList<>() : new ArrayList<>(array);
        longer.add(element);
        return longer;
    }

    @SqlFunction(
            value = "array_prepend(T, T[]) -> T[]",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The array with a further first element; NULL counts as an empty array.",
            example = "array_prepend(0, ARRAY[1, 2])",
            result = "[0, 1, 2]")
    public static List<@Nullable Object> prepend(@Nullable Object element, @Nullable List<@Nullable Object> array) {
        List<@Nullable Object> longer = new ArrayList<>();
        longer.add(element);
        if (array != null) {
            longer.addAll(array);
        }
        return longer;
    }

    @SqlFunction(
            value = "array_concat(T[], T[]...) -> T[]",
            aliases = {"array_cat"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The arrays one behind the other; those that are NULL are left out.",
            example = "array_concat(ARRAY[1], ARRAY[2, 3], ARRAY[4])",
            result = "[1, 2, 3, 4]")
    public static @Nullable List<@Nullable Object> concat(
            @Nullable List<@Nullable Object> first, @Nullable List<?>[] others) {
        List<@Nullable Object> all = first == null ? null : new ArrayList<>(first);
        for (List<?> other : others) {
            if (other != null) {
                all = all == null ? new ArrayList<>() : all;
                all.addAll(other);
            }
        }
        return all;
    }

    @SqlFunction(
            value = "array_repeat(T, bigint) -> T[]",
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "An array of the value so many times.",
            example = "array_repeat('x', 3)",
            result = "[x, x, x]")
    public static @Nullable List<@Nullable Object> repeat(@Nullable Object element, @Nullable Long times) {
        if (times == null) {
            return null;
        }
        return new ArrayList<>(Collections.nCopies(size("array_repeat", Math.max(0, times)), element));
    }

    @SqlFunction(
            value = "array_length(T[]) -> bigint",
            aliases = {"cardinality", "array_size"},
            category = NESTED,
            description = "How many elements the array has.",
            example = "array_length(ARRAY[5, 6, 7])",
            result = "3")
    public static long length(List<@Nullable Object> array) {
        return array.size();
    }

    @SqlFunction(
            value = "empty(T[]) -> boolean",
            category = NESTED,
            description = "Whether the array has no element.",
            example = "empty(ARRAY[1])",
            result = "false")
    public static boolean isEmpty(List<@Nullable Object> array) {
        return array.isEmpty();
    }

    @SqlFunction(
            value = "array_element(T[], bigint) -> T",
            aliases = {"element_at"},
            category = NESTED,
            description = "The element at a position, from the end if negative; NULL if there is none.",
            example = "array_element(ARRAY['a', 'b', 'c'], -1)",
            result = "c")
    public static @Nullable Object element(List<@Nullable Object> array, long position) {
        long index = position < 0 ? array.size() + position : position - 1;
        return position != 0 && index >= 0 && index < array.size() ? array.get((int) index) : null;
    }

    @SqlFunction(
            value = "array_slice(T[], bigint, bigint) -> T[]",
            category = NESTED,
            description = "The elements from one position to another, both from the end if negative.",
            example = "array_slice(ARRAY[1, 2, 3, 4], 2, 3)",
            result = "[2, 3]")
    public static List<@Nullable Object> slice(List<@Nullable Object> array, long first, long last) {
        long from = first < 0 ? Math.max(0, array.size() + first) : Math.max(0, first - 1);
        long to = last < 0 ? array.size() + last + 1 : Math.min(last, array.size());
        return from >= to ? List.of() : array.subList((int) from, (int) to);
    }

    @SqlFunction(
            value = "array_reverse(T[]) -> T[]",
            category = NESTED,
            description = "The elements in reverse order.",
            example = "array_reverse(ARRAY[1, 2, 3])",
            result = "[3, 2, 1]")
    public static List<@Nullable Object> reverse(List<@Nullable Object> array) {
        List<@Nullable Object> reversed = new ArrayList<>(array);
        Collections.reverse(reversed);
        return reversed;
    }

    @SqlFunction(
            value = "array_sort(T[]) -> T[]",
            category = NESTED,
            description = "The elements in ascending order, NULLs last.",
            example = "array_sort(ARRAY[3, NULL, 1])",
            result = "[1, 3, NULL]")
    public static List<@Nullable Object> sort(List<@Nullable Object> array) {
        List<@Nullable Object> sorted = new ArrayList<>(array);
        sorted.sort(ValueOrder.ASCENDING);
        return sorted;
    }

    @SqlFunction(
            value = "array_sort(T[], text) -> T[]",
            category = NESTED,
            description = "The elements in ascending ('asc') or descending ('desc') order; NULLs are greatest.",
            example = "array_sort(ARRAY[1, 3, 2], 'desc')",
            result = "[3, 2, 1]")
    public static List<@Nullable Object> sort(List<@Nullable Object> array, Slice direction) {
        List<@Nullable Object> sorted = new ArrayList<>(array);
        String word = direction.toString().toLowerCase(Locale.ROOT);
        if (!word.equals("asc") && !word.equals("desc")) {
            throw Refusals.invalid("array_sort", "the direction is '" + direction + "', it must be 'asc' or 'desc'");
        }
        sorted.sort(word.equals("asc") ? ValueOrder.ASCENDING : ValueOrder.ASCENDING.reversed());
        return sorted;
    }

    @SqlFunction(
            value = "array_distinct(T[]) -> T[]",
            category = NESTED,
            description = "Every element once, in the order of first appearance.",
            example = "array_distinct(ARRAY[1, 2, 1])",
            result = "[1, 2]")
    public static List<@Nullable Object> distinct(List<@Nullable Object> array) {
        return ElementSet.distinct(array);
    }

    @SqlFunction(
            value = "flatten(T[][]) -> T[]",
            category = NESTED,
            description = "The elements of all arrays in the array.",
            example = "flatten(ARRAY[ARRAY[1, 2], ARRAY[3]])",
            result = "[1, 2, 3]")
    public static List<@Nullable Object> flatten(List<@Nullable Object> arrays) {
        List<@Nullable Object> all = new ArrayList<>();
        for (Object array : arrays) {
            if (array != null) {
                all.addAll((List<?>) array);
            }
        }
        return all;
    }

    @SqlFunction(
            value = "array_max(T[]) -> T",
            category = NESTED,
            description = "The greatest element that is not NULL; NULL if there is none.",
            example = "array_max(ARRAY[2, NULL, 7])",
            result = "7")
    public static @Nullable Object max(List<@Nullable Object> array) {
        return extreme(array, 1);
    }

    @SqlFunction(
            value = "array_min(T[]) -> T",
            category = NESTED,
            description = "The least element that is not NULL; NULL if there is none.",
            example = "array_min(ARRAY[2, NULL, 7])",
            result = "2")
    public static @Nullable Object min(List<@Nullable Object> array) {
        return extreme(array, -1);
    }

    @SqlFunction(
            value = "array_sum(bigint[]) -> bigint",
            category = NESTED,
            description = "The sum of the elements that are not NULL; NULL if there are none.",
            example = "array_sum(ARRAY[1, NULL, 3])",
            result = "4")
    public static @Nullable Long sum(List<@Nullable Object> array) {
        Long sum = null;
        for (Object element : array) {
            if (element != null) {
                try {
                    sum = Math.addExact(sum == null ? 0 : sum, (Long) element);
                } catch (ArithmeticException e) {
                    throw Refusals.overflow("array_sum", "BIGINT");
                }
            }
        }
        return sum;
    }

    @SqlFunction(
            value = "array_sum(double[]) -> double",
            category = NESTED,
            description = "The sum of the elements that are not NULL; NULL if there are none.",
            example = "array_sum(ARRAY[0.5e0, 1.5e0])",
            result = "2.0")
    public static @Nullable Double sumDoubles(List<@Nullable Object> array) {
        Double sum = null;
        for (Object element : array) {
            if (element != null) {
                sum = (sum == null ? 0 : sum) + (Double) element;
            }
        }
        return sum;
    }

    private static @Nullable Object extreme(List<@Nullable Object> array, int sign) {
        Object best = null;
        for (Object element : array) {
            if (element != null && (best == null || ValueOrder.ASCENDING.compare(element, best) * sign > 0)) {
                best = element;
            }
        }
        return best;
    }

    /** How many elements an array that a function makes has. */
    static int size(String function, long elements) {
        if (elements > LARGEST) {
            throw Refusals.invalid(function, "the array would have " + elements + " elements, " + LARGEST + " is most");
        }
        return (int) elements;
    }
}
