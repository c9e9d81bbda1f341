package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.NullHandling;
import io.laminar.spi.function.SqlFunction;
import org.jspecify.annotations.Nullable;

/** Sizes, case, and putting texts together. Characters are code points. */
public final class TextFunctions {

    private TextFunctions() {}

    @SqlFunction(
            value = "length(text) -> int",
            aliases = {"char_length", "character_length"},
            category = TEXT,
            description = "How many characters the text has.",
            example = "length('Zürich')",
            result = "6")
    public static int length(Slice text) {
        return Utf8.count(text);
    }

    @SqlFunction(
            value = "octet_length(text) -> int",
            category = TEXT,
            description = "How many bytes the text has in UTF-8.",
            example = "octet_length('Zürich')",
            result = "7")
    @SqlFunction(
            value = "octet_length(bytes) -> int",
            category = TEXT,
            description = "How many bytes there are.",
            example = "octet_length(decode('0aff', 'hex'))",
            result = "2")
    @SqlFunction(
            value = "length(bytes) -> int",
            category = TEXT,
            description = "How many bytes there are.",
            example = "length(decode('0aff', 'hex'))",
            result = "2")
    public static int octetLength(Slice bytes) {
        return bytes.length();
    }

    @SqlFunction(
            value = "bit_length(text) -> int",
            category = TEXT,
            description = "How many bits the text has in UTF-8.",
            example = "bit_length('abc')",
            result = "24")
    public static int bitLength(Slice text) {
        return Math.multiplyExact(text.length(), 8);
    }

    @SqlFunction(
            value = "lower(text) -> text",
            category = TEXT,
            description = "Letters in lower case, each by itself.",
            example = "lower('ÄPFEL')",
            result = "äpfel")
    public static void lower(Slice text, Slice out) {
        LetterCase.lower(text, out);
    }

    @SqlFunction(
            value = "upper(text) -> text",
            category = TEXT,
            description = "Letters in upper case, each by itself.",
            example = "upper('Äpfel')",
            result = "ÄPFEL")
    public static void upper(Slice text, Slice out) {
        LetterCase.upper(text, out);
    }

    @SqlFunction(
            value = "initcap(text) -> text",
            category = TEXT,
            description = "The first letter of every word in upper case, the others in lower case.",
            example = "initcap('hello WORLD-wide')",
            result = "Hello World-Wide")
    public static void initcap(Slice text, Slice out) {
        LetterCase.initcap(text, out);
    }

    @SqlFunction(
            value = "reverse(text) -> text",
            category = TEXT,
            description = "The characters in reverse order.",
            example = "reverse('añb')",
            result = "bña")
    public static void reverse(Slice text, Slice out) {
        byte[] from = text.base();
        int at = text.offset();
        int end = at + text.length();
        byte[] to = out.reserve(text.length());
        int write = text.length();
        while (at < end) {
            int next = Utf8.next(from, at, end);
            write -= next - at;
            System.arraycopy(from, at, to, write, next - at);
            at = next;
        }
        out.length(text.length());
    }

    @SqlFunction(
            value = "repeat(text, bigint) -> text",
            category = TEXT,
            description = "The text so many times in a row; empty if none.",
            example = "repeat('ab', 3)",
            result = "ababab")
    public static void repeat(Slice text, long times, Slice out) {
        if (times <= 0 || text.length() == 0) {
            out.set(text.base(), text.offset(), 0);
            return;
        }
        int total = TextLimits.size("repeat", text.length(), times);
        byte[] to = out.reserve(total);
        for (int at = 0; at < total; at += text.length()) {
            System.arraycopy(text.base(), text.offset(), to, at, text.length());
        }
        out.length(total);
    }

    @SqlFunction(
            value = "concat(printed...) -> text",
            nulls = NullHandling.CALLED,
            category = TEXT,
            description = "The texts in a row, other values as their text; NULLs are left out.",
            example = "concat('a', NULL, 'b')",
            result = "ab")
    public static void concat(@Nullable Slice[] texts, Slice out) {
        int total = 0;
        for (Slice text : texts) {
            total = text == null ? total : Math.addExact(total, text.length());
        }
        byte[] to = out.reserve(total);
        int at = 0;
        for (Slice text : texts) {
            if (text != null) {
                System.arraycopy(text.base(), text.offset(), to, at, text.length());
                at += text.length();
            }
        }
        out.length(total);
    }

    @SqlFunction(
            value = "concat_ws(text, printed...) -> text",
            nulls = NullHandling.CALLED,
            category = TEXT,
            description =
                    "The texts in a row, other values as their text, with the separator, given first, between them; NULLs are"
                            + " left out.",
            example = "concat_ws('-', 'a', NULL, 'b')",
            result = "a-b")
    public static boolean concatWs(@Nullable Slice separator, @Nullable Slice[] texts, Slice out) {
        if (separator == null) {
            return false;
        }
        int total = 0;
        for (Slice text : texts) {
            total = text == null ? total : Math.addExact(total, text.length() + separator.length());
        }
        byte[] to = out.reserve(total);
        int at = 0;
        boolean first = true;
        for (Slice text : texts) {
            if (text != null) {
                if (!first) {
                    System.arraycopy(separator.base(), separator.offset(), to, at, separator.length());
                    at += separator.length();
                }
                System.arraycopy(text.base(), text.offset(), to, at, text.length());
                at += text.length();
                first = false;
            }
        }
        out.length(at);
        return true;
    }

    @SqlFunction(
            value = "ascii(text) -> int",
            category = TEXT,
            description = "The code point of the first character; 0 for an empty text.",
            example = "ascii('x')",
            result = "120")
    public static int ascii(Slice text) {
        return text.length() == 0 ? 0 : Utf8.codePoint(text.base(), text.offset(), text.offset() + text.length());
    }

    @SqlFunction(
            value = "chr(bigint) -> text",
            category = TEXT,
            description = "The character with this code point.",
            example = "chr(8364)",
            result = "€")
    public static void chr(long point, Slice out) {
        boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        if (point <= 0 || point > Character.MAX_CODE_POINT || surrogate) {
            throw Refusals.invalid("chr", point + " is not the code point of a character");
        }
        out.length(Utf8.put(out.reserve(4), 0, (int) point));
    }
}
