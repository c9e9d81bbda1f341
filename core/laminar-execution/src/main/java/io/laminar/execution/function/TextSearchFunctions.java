package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.SqlFunction;

/** Finding one text in another, and telling how far texts are apart. */
public final class TextSearchFunctions {

    private TextSearchFunctions() {}

    @SqlFunction(
            value = "strpos(text, text) -> int",
            aliases = {"instr"},
            category = TEXT,
            description = "The character at which the second text first starts in the first; 0 if it does not.",
            example = "strpos('alphabet', 'pha')",
            result = "3")
    public static int strpos(Slice text, Slice part) {
        byte[] bytes = text.base();
        int start = text.offset();
        int at = Utf8.find(bytes, start, start + text.length(), part);
        return at < 0 ? 0 : Utf8.count(bytes, start, at) + 1;
    }

    @SqlFunction(
            value = "position(text, text) -> int",
            aliases = {"locate"},
            category = TEXT,
            description = "The character at which the first text first starts in the second; 0 if it does not.",
            example = "position('pha', 'alphabet')",
            result = "3")
    public static int position(Slice part, Slice text) {
        return strpos(text, part);
    }

    @SqlFunction(
            value = "position(text, text, bigint) -> int",
            aliases = {"locate"},
            category = TEXT,
            description = "As position with two texts, searching from a character on.",
            example = "position('a', 'alphabet', 2)",
            result = "5")
    public static int position(Slice part, Slice text, long from) {
        if (from < 1) {
            throw Refusals.invalid("position", "the first character is 1, the search cannot start at " + from);
        }
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        int searchFrom = Utf8.skip(bytes, start, end, from - 1);
        int at = Utf8.find(bytes, searchFrom, end, part);
        return at < 0 ? 0 : Utf8.count(bytes, start, at) + 1;
    }

    @SqlFunction(
            value = "contains(text, text) -> boolean",
            category = TEXT,
            description = "Whether the second text is part of the first.",
            example = "contains('alphabet', 'bet')",
            result = "true")
    public static boolean contains(Slice text, Slice part) {
        int start = text.offset();
        return Utf8.find(text.base(), start, start + text.length(), part) >= 0;
    }

    @SqlFunction(
            value = "starts_with(text, text) -> boolean",
            aliases = {"startswith"},
            category = TEXT,
            description = "Whether the first text starts with the second.",
            example = "starts_with('alphabet', 'alph')",
            result = "true")
    public static boolean startsWith(Slice text, Slice part) {
        return part.length() <= text.length()
                && Utf8.matches(text.base(), text.offset(), part.base(), part.offset(), part.length());
    }

    @SqlFunction(
            value = "ends_with(text, text) -> boolean",
            aliases = {"endswith"},
            category = TEXT,
            description = "Whether the first text ends with the second.",
            example = "ends_with('alphabet', 'alph')",
            result = "false")
    public static boolean endsWith(Slice text, Slice part) {
        int at = text.length() - part.length();
        return at >= 0 && Utf8.matches(text.base(), text.offset() + at, part.base(), part.offset(), part.length());
    }

    @SqlFunction(
            value = "find_in_set(text, text) -> int",
            category = TEXT,
            description = "The place, from 1, of a text in a list separated by commas; 0 if it is not there.",
            example = "find_in_set('b', 'a,b,c')",
            result = "2")
    public static int findInSet(Slice wanted, Slice list) {
        byte[] bytes = list.base();
        int end = list.offset() + list.length();
        int start = list.offset();
        for (int place = 1; start <= end; place++) {
            int stop = start;
            while (stop < end && bytes[stop] != ',') {
                stop++;
            }
            if (stop - start == wanted.length()
                    && Utf8.matches(bytes, start, wanted.base(), wanted.offset(), wanted.length())) {
                return list.length() == 0 ? 0 : place;
            }
            start = stop + 1;
        }
        return 0;
    }

    @SqlFunction(
            value = "levenshtein(text, text) -> int",
            category = TEXT,
            description = "How many characters have to be put in, taken out or replaced to make the texts equal.",
            example = "levenshtein('kitten', 'sitting')",
            result = "3")
    public static int levenshtein(Slice left, Slice right) {
        int[] a = points(left);
        int[] b = points(right);
        if ((long) a.length * b.length > TextLimits.LONGEST) {
            throw Refusals.invalid("levenshtein", "the texts are too long to be compared");
        }
        int[] distances = new int[b.length + 1];
        for (int j = 0; j <= b.length; j++) {
            distances[j] = j;
        }
        for (int i = 1; i <= a.length; i++) {
            int diagonal = distances[0];
            distances[0] = i;
            for (int j = 1; j <= b.length; j++) {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = distances[j];
                distances[j] = Math.min(replaced, Math.min(diagonal, distances[j - 1]) + 1);
            }
        }
        return distances[b.length];
    }

    private static int[] points(Slice text) {
        int[] points = new int[Utf8.count(text)];
        int at = text.offset();
        int end = at + text.length();
        for (int i = 0; i < points.length; i++) {
            points[i] = Utf8.codePoint(text.base(), at, end);
            at = Utf8.next(text.base(), at, end);
        }
        return points;
    }
}
