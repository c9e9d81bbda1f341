package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.CONDITIONAL;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.type.DataType;
import org.jspecify.annotations.Nullable;

/** Choosing among values of one type. CASE and COALESCE are operations of the language, not functions. */
public final class ConditionalFunctions {

    private ConditionalFunctions() {}

    @SqlFunction(
            value = "greatest(T, T...) -> T",
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "The greatest of the values; NULLs are left out.",
            example = "greatest(3, NULL, 7)",
            result = "7")
    public static @Nullable Object greatest(@Nullable Object first, @Nullable Object[] others) {
        return extreme(first, others, 1);
    }

    @SqlFunction(
            value = "least(T, T...) -> T",
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "The least of the values; NULLs are left out.",
            example = "least('b', 'a', NULL)",
            result = "a")
    public static @Nullable Object least(@Nullable Object first, @Nullable Object[] others) {
        return extreme(first, others, -1);
    }

    private static @Nullable Object extreme(@Nullable Object first, @Nullable Object[] others, int sign) {
        Object best = first;
        for (Object other : others) {
            if (other != null && (best == null || ValueOrder.ASCENDING.compare(other, best) * sign > 0)) {
                best = other;
            }
        }
        return best;
    }

    @SqlFunction(
            value = "nullif(T, T) -> T",
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "NULL if both values are equal, otherwise the first.",
            example = "nullif(5, 5)",
            result = "NULL")
    public static @Nullable Object nullIf(@Nullable Object value, @Nullable Object unwanted) {
        return unwanted != null && ValueOrder.same(value, unwanted) ? null : value;
    }

    @SqlFunction(
            value = "nvl(T, T) -> T",
            aliases = {"ifnull"},
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "The first value, or the second where the first is NULL.",
            example = "nvl(NULL, 'x')",
            result = "x")
    public static @Nullable Object nvl(@Nullable Object value, @Nullable Object otherwise) {
        return value != null ? value : otherwise;
    }

    @SqlFunction(
            value = "nvl2(any, T, T) -> T",
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "The second value where the first is not NULL, otherwise the third.",
            example = "nvl2(1, 'there', 'not there')",
            result = "there")
    public static @Nullable Object nvl2(@Nullable Object asked, @Nullable Object there, @Nullable Object otherwise) {
        return asked != null ? there : otherwise;
    }

    @SqlFunction(
            value = "typeof(any) -> text",
            aliases = {"pg_typeof"},
            nulls = NullHandling.CALLED,
            category = CONDITIONAL,
            description = "The SQL type of the expression.",
            example = "typeof(ARRAY[1.5])",
            result = "DECIMAL(2, 1)[]")
    public static void typeOf(DataType[] types, @Nullable Object value, Slice out) {
        out.set(types[0].sql());
    }
}
