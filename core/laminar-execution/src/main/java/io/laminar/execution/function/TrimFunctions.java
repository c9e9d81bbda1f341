package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.SqlFunction;

/** Taking characters off the ends of a text, and padding it. Trimmed texts are views of their input. */
public final class TrimFunctions {
    private static final byte SPACE = ' ';
    private static final byte[] ONE_SPACE = {SPACE};

    private TrimFunctions() {}

    @SqlFunction(
            value = "btrim(text) -> text",
            aliases = {"trim"},
            category = TEXT,
            description = "Without the spaces at both ends.",
            example = "btrim('  ab ')",
            result = "ab")
    public static void trim(Slice text, Slice out) {
        int start = startAfterSpaces(text);
        cut(text, start, endBeforeSpaces(text, start), out);
    }

    @SqlFunction(
            value = "ltrim(text) -> text",
            category = TEXT,
            description = "Without the spaces at its start.",
            example = "concat(ltrim('  ab '), '|')",
            result = "ab |")
    public static void trimStart(Slice text, Slice out) {
        cut(text, startAfterSpaces(text), text.offset() + text.length(), out);
    }

    @SqlFunction(
            value = "rtrim(text) -> text",
            category = TEXT,
            description = "Without the spaces at its end.",
            example = "concat(rtrim(' ab  '), '|')",
            result = " ab|")
    public static void trimEnd(Slice text, Slice out) {
        cut(text, text.offset(), endBeforeSpaces(text, text.offset()), out);
    }

    @SqlFunction(
            value = "btrim(text, text) -> text",
            aliases = {"trim"},
            category = TEXT,
            description = "Without the characters of the second text at both ends.",
            example = "btrim('xyabyx', 'xy')",
            result = "ab")
    public static void trim(Slice text, Slice characters, Slice out) {
        int start = startAfter(text, characters);
        cut(text, start, endBefore(text, start, characters), out);
    }

    @SqlFunction(
            value = "ltrim(text, text) -> text",
            category = TEXT,
            description = "Without the characters of the second text at its start.",
            example = "ltrim('xyabx', 'xy')",
            result = "abx")
    public static void trimStart(Slice text, Slice characters, Slice out) {
        cut(text, startAfter(text, characters), text.offset() + text.length(), out);
    }

    @SqlFunction(
            value = "rtrim(text, text) -> text",
            category = TEXT,
            description = "Without the characters of the second text at its end.",
            example = "rtrim('xabyx', 'xy')",
            result = "xab")
    public static void trimEnd(Slice text, Slice characters, Slice out) {
        cut(text, text.offset(), endBefore(text, text.offset(), characters), out);
    }

    @SqlFunction(
            value = "lpad(text, bigint) -> text",
            category = TEXT,
            description = "Filled with spaces at its start, or cut, to so many characters.",
            example = "lpad('7', 3)",
            result = "  7")
    public static void padStart(Slice text, long size, Slice out) {
        pad("lpad", text, size, ONE_SPACE, 0, 1, true, out);
    }

    @SqlFunction(
            value = "lpad(text, bigint, text) -> text",
            category = TEXT,
            description = "Filled with the last text at its start, or cut, to so many characters.",
            example = "lpad('hi', 5, 'xy')",
            result = "xyxhi")
    public static void padStart(Slice text, long size, Slice fill, Slice out) {
        pad("lpad", text, size, fill.base(), fill.offset(), fill.length(), true, out);
    }

    @SqlFunction(
            value = "rpad(text, bigint) -> text",
            category = TEXT,
            description = "Filled with spaces at its end, or cut, to so many characters.",
            example = "concat(rpad('7', 3), '|')",
            result = "7  |")
    public static void padEnd(Slice text, long size, Slice out) {
        pad("rpad", text, size, ONE_SPACE, 0, 1, false, out);
    }

    @SqlFunction(
            value = "rpad(text, bigint, text) -> text",
            category = TEXT,
            description = "Filled with the last text at its end, or cut, to so many characters.",
            example = "rpad('hi', 5, 'xy')",
            result = "hixyx")
    public static void padEnd(Slice text, long size, Slice fill, Slice out) {
        pad("rpad", text, size, fill.base(), fill.offset(), fill.length(), false, out);
    }

    private static void pad(
            String function,
            Slice text,
            long size,
            byte[] fill,
            int fillFrom,
            int fillLength,
            boolean atStart,
            Slice out) {
        int end = text.offset() + text.length();
        int characters = Utf8.count(text);
        if (size <= characters || fillLength == 0) {
            int cut = Utf8.skip(text.base(), text.offset(), end, Math.max(0, size));
            out.set(text.base(), text.offset(), cut - text.offset());
            return;
        }
        int fillCharacters = Utf8.count(fill, fillFrom, fillFrom + fillLength);
        long missing = size - characters;
        int whole = TextLimits.size(function, fillLength, missing / fillCharacters);
        int partEnd = Utf8.skip(fill, fillFrom, fillFrom + fillLength, missing % fillCharacters);
        int padding = whole + (partEnd - fillFrom);
        byte[] to = out.reserve(padding + text.length());
        int at = atStart ? 0 : text.length();
        for (int done = 0; done < whole; done += fillLength) {
            System.arraycopy(fill, fillFrom, to, at + done, fillLength);
        }
        System.arraycopy(fill, fillFrom, to, at + whole, partEnd - fillFrom);
        System.arraycopy(text.base(), text.offset(), to, atStart ? padding : 0, text.length());
        out.length(padding + text.length());
    }

    private static void cut(Slice text, int start, int end, Slice out) {
        out.set(text.base(), start, end - start);
    }

    private static int startAfterSpaces(Slice text) {
        byte[] bytes = text.base();
        int at = text.offset();
        int end = at + text.length();
        while (at < end && bytes[at] == SPACE) {
            at++;
        }
        return at;
    }

    private static int endBeforeSpaces(Slice text, int start) {
        byte[] bytes = text.base();
        int at = text.offset() + text.length();
        while (at > start && bytes[at - 1] == SPACE) {
            at--;
        }
        return at;
    }

    private static int startAfter(Slice text, Slice characters) {
        byte[] bytes = text.base();
        int at = text.offset();
        int end = at + text.length();
        while (at < end) {
            int next = Utf8.next(bytes, at, end);
            if (!holds(characters, bytes, at, next - at)) {
                break;
            }
            at = next;
        }
        return at;
    }

    private static int endBefore(Slice text, int start, Slice characters) {
        byte[] bytes = text.base();
        int end = text.offset() + text.length();
        while (end > start) {
            int last = Utf8.skipBack(bytes, start, end, 1);
            if (!holds(characters, bytes, last, end - last)) {
                break;
            }
            end = last;
        }
        return end;
    }

    /** Whether one of the characters is this one. UTF-8 needs no check for boundaries: no character is part of another. */
    private static boolean holds(Slice characters, byte[] bytes, int at, int length) {
        int from = characters.offset();
        return Utf8.find(characters.base(), from, from + characters.length(), bytes, at, length) >= 0;
    }
}
