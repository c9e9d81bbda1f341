package io.laminar.execution.function;

import io.laminar.spi.batch.Slice;

/**
 * Upper and lower case on UTF-8. ASCII goes eight letters at a time; other letters map one by one, independent of
 * locale and context, as Postgres does it ('ß' stays).
 */
final class LetterCase {
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final long ONES = 0x0101010101010101L;

    private LetterCase() {}

    static void lower(Slice text, Slice out) {
        convert(text, out, 'A', 'Z', false);
    }

    static void upper(Slice text, Slice out) {
        convert(text, out, 'a', 'z', true);
    }

    private static void convert(Slice text, Slice out, char first, char last, boolean toUpper) {
        byte[] from = text.base();
        int start = text.offset();
        int length = text.length();
        byte[] to = out.reserve(length);
        long atLeast = (0x80 - first) * ONES;
        long above = (0x7F - last) * ONES;
        int at = 0;
        for (; at + 8 <= length; at += 8) {
            long word = Utf8.eight(from, start + at);
            if ((word & HIGH_BITS) != 0) {
                convertRest(from, start + at, start + length, out, at, toUpper);
                return;
            }
            // A byte's high bit becomes set where it is at least `first`, and is taken off where above `last`.
            long inRange = ((word + atLeast) ^ (word + above)) & HIGH_BITS;
            Utf8.eight(to, at, word ^ inRange >>> 2);
        }
        for (; at < length; at++) {
            byte b = from[start + at];
            if (b < 0) {
                convertRest(from, start + at, start + length, out, at, toUpper);
                return;
            }
            to[at] = (byte) (b >= first && b <= last ? b ^ 0x20 : b);
        }
        out.length(length);
    }

    private static void convertRest(byte[] from, int start, int end, Slice out, int written, boolean toUpper) {
        byte[] to = out.grow(written, written + longest(end - start));
        int at = start;
        int write = written;
        while (at < end) {
            int next = Utf8.next(from, at, end);
            int point = Utf8.codePoint(from, at, end);
            write = put(
                    from,
                    at,
                    next,
                    to,
                    write,
                    point,
                    toUpper ? Character.toUpperCase(point) : Character.toLowerCase(point));
            at = next;
        }
        out.length(write);
    }

    static void initcap(Slice text, Slice out) {
        byte[] from = text.base();
        int at = text.offset();
        int end = at + text.length();
        byte[] to = out.reserve(longest(text.length()));
        int write = 0;
        boolean inWord = false;
        while (at < end) {
            int next = Utf8.next(from, at, end);
            int point = Utf8.codePoint(from, at, end);
            int mapped = inWord ? Character.toLowerCase(point) : Character.toUpperCase(point);
            write = put(from, at, next, to, write, point, mapped);
            inWord = Character.isLetterOrDigit(point);
            at = next;
        }
        out.length(write);
    }

    /** Some letters of two bytes have a counterpart of three; none grows more. */
    private static int longest(int bytes) {
        return bytes + (bytes >> 1) + 1;
    }

    /** Bytes of an unchanged code point are copied, so that what is not UTF-8 passes through. */
    private static int put(byte[] from, int at, int next, byte[] to, int write, int point, int mapped) {
        if (mapped != point) {
            return Utf8.put(to, write, mapped);
        }
        for (int i = at; i < next; i++) {
            to[write + i - at] = from[i];
        }
        return write + next - at;
    }
}
