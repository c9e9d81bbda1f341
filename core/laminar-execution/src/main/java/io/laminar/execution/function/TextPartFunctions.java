package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.SqlFunction;

/** Parts of a text, by character or between delimiters. The results are views of the text. */
public final class TextPartFunctions {

    private TextPartFunctions() {}

    @SqlFunction(
            value = "substr(text, bigint) -> text",
            aliases = {"substring"},
            category = TEXT,
            description = "The text from a character on; the first is 1.",
            example = "substr('alphabet', 3)",
            result = "phabet")
    public static void substr(Slice text, long start, Slice out) {
        int end = text.offset() + text.length();
        int from = start <= 1 ? text.offset() : Utf8.skip(text.base(), text.offset(), end, start - 1);
        out.set(text.base(), from, end - from);
    }

    @SqlFunction(
            value = "substr(text, bigint, bigint) -> text",
            aliases = {"substring"},
            category = TEXT,
            description = "So many characters from a character on; the first is 1. Positions before it count, but are "
                    + "empty.",
            example = "substr('alphabet', 3, 2)",
            result = "ph")
    public static void substr(Slice text, long start, long count, Slice out) {
        if (count < 0) {
            throw Refusals.invalid("substr", "the number of characters is " + count + ", it must not be negative");
        }
        byte[] bytes = text.base();
        int end = text.offset() + text.length();
        long before = Math.max(start - 1, 0);
        // Positions 0, -1, ... use up some of the count.
        long wanted = start < 1 ? Math.max(0, start - 1 + count) : count;
        int from = Utf8.skip(bytes, text.offset(), end, before);
        out.set(bytes, from, Utf8.skip(bytes, from, end, wanted) - from);
    }

    @SqlFunction(
            value = "left(text, bigint) -> text",
            category = TEXT,
            description = "The first so many characters; all but the last ones if negative.",
            example = "left('alphabet', -2)",
            result = "alphab")
    public static void left(Slice text, long count, Slice out) {
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        int cut = count >= 0 ? Utf8.skip(bytes, start, end, count) : Utf8.skipBack(bytes, start, end, opposite(count));
        out.set(bytes, start, cut - start);
    }

    @SqlFunction(
            value = "right(text, bigint) -> text",
            category = TEXT,
            description = "The last so many characters; all but the first ones if negative.",
            example = "right('alphabet', 3)",
            result = "bet")
    public static void right(Slice text, long count, Slice out) {
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        int cut = count >= 0 ? Utf8.skipBack(bytes, start, end, count) : Utf8.skip(bytes, start, end, opposite(count));
        out.set(bytes, cut, end - cut);
    }

    private static long opposite(long negative) {
        return negative == Long.MIN_VALUE ? Long.MAX_VALUE : -negative;
    }

    @SqlFunction(
            value = "split_part(text, text, bigint) -> text",
            category = TEXT,
            description =
                    "The part with this number between delimiters; the first is 1, the last is -1. Empty if there "
                            + "is none.",
            example = "split_part('a,b,c', ',', 2)",
            result = "b")
    public static void splitPart(Slice text, Slice delimiter, long number, Slice out) {
        if (number == 0) {
            throw Refusals.invalid("split_part", "parts are counted from 1, or from -1 at the end; there is no part 0");
        }
        boolean found = number > 0
                ? part(text, delimiter, number - 1, out)
                : partFromEnd(text, delimiter, opposite(number) - 1, out);
        if (!found) {
            out.set(text.base(), text.offset(), 0);
        }
    }

    @SqlFunction(
            value = "split_index(text, text, bigint) -> text",
            category = TEXT,
            description = "The part with this number between delimiters; the first is 0. NULL if there is none.",
            example = "split_index('a/b/c', '/', 1)",
            result = "b")
    public static boolean splitIndex(Slice text, Slice delimiter, long index, Slice out) {
        return index >= 0 && part(text, delimiter, index, out);
    }

    private static boolean part(Slice text, Slice delimiter, long index, Slice out) {
        int size = delimiter.length();
        if (size == 0) {
            out.set(text);
            return index == 0;
        }
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        for (long left = index; left > 0; left--) {
            int next = find(bytes, start, end, delimiter);
            if (next < 0) {
                return false;
            }
            start = next + size;
        }
        int next = find(bytes, start, end, delimiter);
        out.set(bytes, start, (next < 0 ? end : next) - start);
        return true;
    }

    private static int find(byte[] bytes, int from, int to, Slice delimiter) {
        if (delimiter.length() > 1) {
            return Utf8.find(bytes, from, to, delimiter);
        }
        byte wanted = delimiter.at(0);
        for (int at = from; at < to; at++) {
            if (bytes[at] == wanted) {
                return at;
            }
        }
        return -1;
    }

    private static boolean partFromEnd(Slice text, Slice delimiter, long index, Slice out) {
        if (delimiter.length() == 0) {
            out.set(text);
            return index == 0;
        }
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        for (long left = index; left > 0; left--) {
            end = Utf8.findLast(bytes, start, end, delimiter);
            if (end < 0) {
                return false;
            }
        }
        int previous = Utf8.findLast(bytes, start, end, delimiter);
        int from = previous < 0 ? start : previous + delimiter.length();
        out.set(bytes, from, end - from);
        return true;
    }

    @SqlFunction(
            value = "substring_index(text, text, bigint) -> text",
            aliases = {"substr_index"},
            category = TEXT,
            description = "Everything before so many delimiters, or after so many from the end if negative.",
            example = "substring_index('www.example.org', '.', -2)",
            result = "example.org")
    public static void substringIndex(Slice text, Slice delimiter, long count, Slice out) {
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        if (count == 0 || delimiter.length() == 0) {
            out.set(bytes, start, 0);
        } else if (count > 0) {
            int at = start - delimiter.length();
            for (long left = count; left > 0; left--) {
                at = Utf8.find(bytes, at + delimiter.length(), end, delimiter);
                if (at < 0) {
                    out.set(text);
                    return;
                }
            }
            out.set(bytes, start, at - start);
        } else {
            int at = end;
            for (long left = count; left < 0; left++) {
                at = Utf8.findLast(bytes, start, at, delimiter);
                if (at < 0) {
                    out.set(text);
                    return;
                }
            }
            int from = at + delimiter.length();
            out.set(bytes, from, end - from);
        }
    }
}
