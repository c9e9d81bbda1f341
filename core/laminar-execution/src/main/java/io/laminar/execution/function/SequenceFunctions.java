package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.NESTED;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.type.DataType;
import io.laminar.spi.type.DataType.ListType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Arrays out of bounds and texts, and texts out of arrays. */
public final class SequenceFunctions {

    private SequenceFunctions() {}

    @SqlFunction(
            value = "generate_series(bigint, bigint) -> bigint[]",
            category = NESTED,
            description = "The numbers from one to another, both included.",
            example = "generate_series(2, 5)",
            result = "[2, 3, 4, 5]")
    public static List<@Nullable Object> series(long first, long last) {
        return numbers("generate_series", first, last, 1, true);
    }

    @SqlFunction(
            value = "generate_series(bigint, bigint, bigint) -> bigint[]",
            category = NESTED,
            description = "The numbers from one to another, both included, by steps.",
            example = "generate_series(5, 1, -2)",
            result = "[5, 3, 1]")
    public static List<@Nullable Object> series(long first, long last, long step) {
        return numbers("generate_series", first, last, step, true);
    }

    @SqlFunction(
            value = "generate_series(timestamp, timestamp, interval) -> timestamp[]",
            category = NESTED,
            description = "The times from one to another, both included, by steps.",
            example =
                    "generate_series(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 12:00:00', INTERVAL '6 hours')",
            result = "[2024-01-01 00:00:00, 2024-01-01 06:00:00, 2024-01-01 12:00:00]")
    @SqlFunction(
            value = "generate_series(timestamptz, timestamptz, interval) -> timestamptz[]",
            category = NESTED,
            description = "The times from one to another, both included, by steps.",
            example =
                    "array_length(generate_series(to_timestamp_ltz(0, 0), to_timestamp_ltz(60, 0), INTERVAL '30 seconds'))",
            result = "3")
    public static List<@Nullable Object> seriesTimes(long first, long last, long step) {
        return numbers("generate_series", first, last, step, true);
    }

    @SqlFunction(
            value = "range(bigint, bigint) -> bigint[]",
            category = NESTED,
            description = "The numbers from one up to, not including, another.",
            example = "range(2, 5)",
            result = "[2, 3, 4]")
    public static List<@Nullable Object> range(long first, long last) {
        return numbers("range", first, last, 1, false);
    }

    @SqlFunction(
            value = "range(bigint, bigint, bigint) -> bigint[]",
            category = NESTED,
            description = "The numbers from one up to, not including, another, by steps.",
            example = "range(5, 1, -2)",
            result = "[5, 3]")
    public static List<@Nullable Object> range(long first, long last, long step) {
        return numbers("range", first, last, step, false);
    }

    @SqlFunction(
            value = "range(timestamp, timestamp, interval) -> timestamp[]",
            category = NESTED,
            description = "The times from one up to, not including, another, by steps.",
            example = "range(TIMESTAMP '2024-01-01 00:00:00', TIMESTAMP '2024-01-01 12:00:00', INTERVAL '6 hours')",
            result = "[2024-01-01 00:00:00, 2024-01-01 06:00:00]")
    @SqlFunction(
            value = "range(timestamptz, timestamptz, interval) -> timestamptz[]",
            category = NESTED,
            description = "The times from one up to, not including, another, by steps.",
            example = "array_length(range(to_timestamp_ltz(0, 0), to_timestamp_ltz(60, 0), INTERVAL '30 seconds'))",
            result = "2")
    public static List<@Nullable Object> rangeTimes(long first, long last, long step) {
        return numbers("range", first, last, step, false);
    }

    @SqlFunction(
            value = "range(bigint) -> bigint[]",
            category = NESTED,
            description = "The numbers from 0 up to, not including, another.",
            example = "range(3)",
            result = "[0, 1, 2]")
    public static List<@Nullable Object> range(long last) {
        return numbers("range", 0, last, 1, false);
    }

    @SqlFunction(
            value = "array_join(T[], text) -> text",
            aliases = {"array_to_string"},
            category = NESTED,
            description = "The elements as text with a separator between them; NULLs are left out.",
            example = "array_join(ARRAY[1, NULL, 3], '-')",
            result = "1-3")
    public static void join(DataType[] types, List<@Nullable Object> array, Slice separator, Slice out) {
        out.set(joined(types[0], array, separator.toString(), null));
    }

    @SqlFunction(
            value = "array_join(T[], text, text) -> text",
            aliases = {"array_to_string"},
            category = NESTED,
            description = "The elements as text with a separator between them and the last text for NULLs.",
            example = "array_join(ARRAY[1, NULL, 3], '-', '?')",
            result = "1-?-3")
    public static void join(DataType[] types, List<@Nullable Object> array, Slice separator, Slice forNull, Slice out) {
        out.set(joined(types[0], array, separator.toString(), forNull.toString()));
    }

    @SqlFunction(
            value = "string_to_array(text, text) -> text[]",
            aliases = {"string_to_list"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "The parts of the text between delimiters; its characters if the delimiter is NULL.",
            example = "string_to_array('a,b,,c', ',')",
            result = "[a, b, , c]")
    public static @Nullable List<@Nullable Object> split(@Nullable Slice text, @Nullable Slice delimiter) {
        return text == null ? null : parts(text, delimiter, null);
    }

    @SqlFunction(
            value = "string_to_array(text, text, text) -> text[]",
            aliases = {"string_to_list"},
            nulls = NullHandling.CALLED,
            category = NESTED,
            description = "As string_to_array, with NULL for parts that equal the last text.",
            example = "string_to_array('a,-,c', ',', '-')",
            result = "[a, NULL, c]")
    public static @Nullable List<@Nullable Object> split(
            @Nullable Slice text, @Nullable Slice delimiter, @Nullable Slice forNull) {
        return text == null ? null : parts(text, delimiter, forNull == null ? null : forNull.toString());
    }

    private static List<@Nullable Object> numbers(
            String function, long first, long last, long step, boolean inclusive) {
        if (step == 0) {
            throw Refusals.invalid(function, "the step is 0");
        }
        List<@Nullable Object> numbers = new ArrayList<>();
        long at = first;
        while (step > 0 ? at < last : at > last) {
            numbers.add(at);
            ArrayFunctions.size(function, numbers.size());
            long next = at + step;
            if ((step > 0) != (next > at)) {
                return numbers;
            }
            at = next;
        }
        if (inclusive && at == last) {
            numbers.add(at);
        }
        return numbers;
    }

    private static String joined(
            DataType type, List<@Nullable Object> array, String separator, @Nullable String forNull) {
        DataType element = ((ListType) type).element();
        StringBuilder text = new StringBuilder();
        boolean first = true;
        for (Object value : array) {
            String part = value == null ? forNull : ValueText.of(element, value);
            if (part != null) {
                text.append(first ? "" : separator).append(part);
                first = false;
            }
        }
        return text.toString();
    }

    private static List<@Nullable Object> parts(Slice text, @Nullable Slice delimiter, @Nullable String forNull) {
        List<@Nullable Object> parts = new ArrayList<>();
        byte[] bytes = text.base();
        int end = text.offset() + text.length();
        int start = text.offset();
        while (delimiter == null && start < end) {
            int next = Utf8.next(bytes, start, end);
            parts.add(part(bytes, start, next, forNull));
            start = next;
        }
        if (delimiter == null || text.length() == 0) {
            return parts;
        }
        int stop = delimiter.length() == 0 ? -1 : Utf8.find(bytes, start, end, delimiter);
        while (stop >= 0) {
            parts.add(part(bytes, start, stop, forNull));
            start = stop + delimiter.length();
            stop = Utf8.find(bytes, start, end, delimiter);
        }
        parts.add(part(bytes, start, end, forNull));
        return parts;
    }

    private static @Nullable String part(byte[] bytes, int from, int to, @Nullable String forNull) {
        String part = new String(bytes, from, to - from, StandardCharsets.UTF_8);
        return part.equals(forNull) ? null : part;
    }
}
