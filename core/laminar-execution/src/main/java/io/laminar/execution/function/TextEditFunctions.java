package io.laminar.execution.function;

import static io.laminar.spi.function.FunctionCategory.TEXT;

import io.laminar.spi.batch.Slice;
import io.laminar.spi.function.EvaluationContext;
import io.laminar.spi.function.SqlFunction;
import io.laminar.spi.function.Volatility;
import java.nio.charset.StandardCharsets;

/** Texts with something put in the place of something else, and numbers as hexadecimal text. */
public final class TextEditFunctions {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final Slice NOTHING = new Slice();

    private TextEditFunctions() {}

    @SqlFunction(
            value = "replace(text, text, text) -> text",
            category = TEXT,
            description = "Every occurrence of the second text replaced by the third.",
            example = "replace('a-b-c', '-', '+')",
            result = "a+b+c")
    public static void replace(Slice text, Slice part, Slice by, Slice out) {
        byte[] bytes = text.base();
        int start = text.offset();
        int end = start + text.length();
        int found = part.length() == 0 ? -1 : Utf8.find(bytes, start, end, part);
        if (found < 0) {
            out.set(text);
            return;
        }
        byte[] to = out.reserve(text.length() + by.length());
        int write = 0;
        int copied = start;
        while (found >= 0) {
            int gap = found - copied;
            int rest = end - found;
            if (write + gap + by.length() + rest > to.length) {
                to = out.grow(write, Math.addExact(write + gap + by.length(), rest));
            }
            System.arraycopy(bytes, copied, to, write, gap);
            System.arraycopy(by.base(), by.offset(), to, write + gap, by.length());
            write += gap + by.length();
            copied = found + part.length();
            found = Utf8.find(bytes, copied, end, part);
        }
        System.arraycopy(bytes, copied, to, write, end - copied);
        out.length(write + end - copied);
    }

    @SqlFunction(
            value = "replace(text, text) -> text",
            category = TEXT,
            description = "Every occurrence of the second text taken out.",
            example = "replace('a-b-c', '-')",
            result = "abc")
    public static void replace(Slice text, Slice part, Slice out) {
        replace(text, part, NOTHING, out);
    }

    @SqlFunction(
            value = "translate(text, text, text) -> text",
            category = TEXT,
            description = "Each character of the second text replaced by the one at its place in the third, or taken "
                    + "out where there is none.",
            example = "translate('12345', '143', 'ax')",
            result = "a2x5")
    public static void translate(Slice text, Slice from, Slice to, Slice out) {
        byte[] bytes = text.base();
        int end = text.offset() + text.length();
        int fromEnd = from.offset() + from.length();
        int toEnd = to.offset() + to.length();
        byte[] target = out.reserve(TextLimits.size("translate", text.length(), 4));
        int write = 0;
        int at = text.offset();
        while (at < end) {
            int next = Utf8.next(bytes, at, end);
            int hit = Utf8.find(from.base(), from.offset(), fromEnd, bytes, at, next - at);
            if (hit < 0) {
                System.arraycopy(bytes, at, target, write, next - at);
                write += next - at;
            } else {
                int place = Utf8.count(from.base(), from.offset(), hit);
                int by = Utf8.skip(to.base(), to.offset(), toEnd, place);
                int size = by < toEnd ? Utf8.next(to.base(), by, toEnd) - by : 0;
                System.arraycopy(to.base(), by, target, write, size);
                write += size;
            }
            at = next;
        }
        out.length(write);
    }

    @SqlFunction(
            value = "overlay(text, text, bigint) -> text",
            category = TEXT,
            description = "The second text in place of as many characters of the first, from a character on.",
            example = "overlay('Txxxxas', 'hom', 2)",
            result = "Thomxas")
    public static void overlay(Slice text, Slice by, long start, Slice out) {
        overlay(text, by, start, Utf8.count(by), out);
    }

    @SqlFunction(
            value = "overlay(text, text, bigint, bigint) -> text",
            category = TEXT,
            description = "The second text in place of so many characters of the first, from a character on.",
            example = "overlay('Txxxxas', 'hom', 2, 4)",
            result = "Thomas")
    public static void overlay(Slice text, Slice by, long start, long count, Slice out) {
        if (start < 1) {
            throw Refusals.invalid("overlay", "the first character is 1, the place cannot be " + start);
        }
        byte[] bytes = text.base();
        int begin = text.offset();
        int end = begin + text.length();
        int cut = Utf8.skip(bytes, begin, end, start - 1);
        // As in SQL's definition by substrings, a negative count shows characters before the place again.
        int resume = count >= 0
                ? Utf8.skip(bytes, cut, end, count)
                : Utf8.skip(bytes, begin, end, Math.max(0, start - 1 + count));
        int total = cut - begin + by.length() + (end - resume);
        byte[] to = out.reserve(total);
        System.arraycopy(bytes, begin, to, 0, cut - begin);
        System.arraycopy(by.base(), by.offset(), to, cut - begin, by.length());
        System.arraycopy(bytes, resume, to, cut - begin + by.length(), end - resume);
        out.length(total);
    }

    @SqlFunction(
            value = "to_hex(bigint) -> text",
            aliases = {"hex"},
            category = TEXT,
            description = "The number in hexadecimal digits; negative ones as 64 bits.",
            example = "to_hex(48879)",
            result = "beef")
    public static void toHex(long number, Slice out) {
        int digits = Math.max(1, (67 - Long.numberOfLeadingZeros(number)) / 4);
        writeHex(number, out.reserve(digits), 0, digits);
        out.length(digits);
    }

    @SqlFunction(
            value = "uuid() -> text",
            aliases = {"gen_random_uuid"},
            volatility = Volatility.VOLATILE,
            category = TEXT,
            description = "A random UUID (version 4).",
            example = "length(uuid())",
            result = "36")
    public static void uuid(EvaluationContext context, Slice out) {
        long high = context.randomLong() & ~0xF000L | 0x4000L;
        long low = context.randomLong() & ~(3L << 62) | 1L << 63;
        byte[] to = out.reserve(36);
        writeHex(high >>> 32, to, 0, 8);
        writeHex(high >>> 16, to, 9, 4);
        writeHex(high, to, 14, 4);
        writeHex(low >>> 48, to, 19, 4);
        writeHex(low, to, 24, 12);
        to[8] = to[13] = to[18] = to[23] = '-';
        out.length(36);
    }

    private static void writeHex(long number, byte[] to, int at, int digits) {
        long rest = number;
        for (int i = at + digits - 1; i >= at; i--) {
            to[i] = HEX[(int) rest & 0xF];
            rest >>>= 4;
        }
    }
}
